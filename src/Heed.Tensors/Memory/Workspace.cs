using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>A pool of native buffers in size classes, from which passes rent and to which everything returns when a pass ends.</summary>
/// <remarks>Used by one pass at a time. After the first passes of a kind, a pass asks the system for nothing.</remarks>
public sealed partial class Workspace : IDisposable
{
    // A class for every quarter of a power of two: at most a fifth of a buffer is wasted.
    const int Classes = 4 * 64;

    readonly Stack<FloatMemory>[] free = new Stack<FloatMemory>[Classes];
    readonly Backend backend;
    bool inUse, disposed;

    /// <summary>An empty pool whose buffers <paramref name="backend"/> can compute on.</summary>
    public Workspace(Backend backend) => this.backend = backend;

    /// <summary>The backend that computes on the buffers.</summary>
    public Backend Backend => backend;

    /// <summary>Bytes taken from the system so far and still held.</summary>
    public long BytesHeld { get; private set; }

    /// <summary>How often the system had to be asked for memory.</summary>
    public long Allocations { get; private set; }

    /// <summary>Who measures where the time of passes goes; nobody by default.</summary>
    public TapeReport? Report { get; set; }

    internal List<FloatMemory?> RentedList { get; } = [];

    internal List<Op> TapeList { get; } = [];

    internal List<Slot> SlotList { get; } = [];

    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (inUse) throw new InvalidOperationException("A pass is already under way in this workspace. Dispose it first, or give each pass its own workspace.");
        inUse = true;
    }

    internal void Leave() => inUse = false;

    internal FloatMemory Rent(nint length)
    {
        var (index, capacity) = ClassOf(length);
        if (free[index] is { Count: > 0 } stack) return stack.Pop();
        Allocations++;
        BytesHeld += (long)capacity * sizeof(float);
        return backend.Allocate(capacity);
    }

    internal void Return(FloatMemory memory)
    {
        if (disposed)
        {
            memory.Dispose();
            return;
        }
        ref var stack = ref free[ClassOf(memory.Floats.Length).Index];
        (stack ??= new Stack<FloatMemory>()).Push(memory);
    }

    // A capacity is its own class: ClassOf(ClassOf(n).Capacity) == ClassOf(n).
    static (int Index, nint Capacity) ClassOf(nint length)
    {
        const int Smallest = 64;
        var n = (ulong)Math.Max(length, Smallest);
        var power = 63 - System.Numerics.BitOperations.LeadingZeroCount(n);
        var quarter = 1UL << (power - 2);
        var quarters = (n - (1UL << power) + quarter - 1) / quarter;
        return quarters == 4 ? ((power + 1) * 4, (nint)(1UL << (power + 1))) : (power * 4 + (int)quarters, (nint)((1UL << power) + quarters * quarter));
    }

    /// <summary>Gives all pooled buffers back to the system; those of a pass under way follow when it ends.</summary>
    public void Dispose()
    {
        disposed = true;
        foreach (var stack in free)
        {
            if (stack is null) continue;
            while (stack.TryPop(out var memory)) memory.Dispose();
        }
        BytesHeld = 0;
    }
}

using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Memory for passes: buffers that they rent, and that all return when a pass ends.</summary>
/// <remarks>Used by one pass at a time. After the first passes of a kind, a pass asks the system for nothing.</remarks>
public sealed partial class Workspace : IDisposable
{
    readonly Backend backend;
    bool inUse, disposed;

    /// <summary>An empty workspace whose buffers <paramref name="backend"/> can compute on.</summary>
    public Workspace(Backend backend)
    {
        this.backend = backend;
        Arena = new Arena(backend);
    }

    /// <summary>The backend that computes on the buffers.</summary>
    public Backend Backend => backend;

    /// <summary>Bytes taken from the system and still held.</summary>
    public long BytesHeld => (long)Arena.Held * sizeof(float);

    /// <summary>The most bytes that were ever in use at once.</summary>
    public long GreatestBytes => (long)Arena.Greatest * sizeof(float);

    /// <summary>How often the system had to be asked for memory.</summary>
    public long Allocations => Arena.Slabs;

    /// <summary>Who measures where the time of passes goes; nobody by default.</summary>
    public TapeReport? Report { get; set; }

    internal Arena Arena { get; }

    internal List<Block> RentedList { get; } = [];

    internal List<Op> TapeList { get; } = [];

    internal List<Slot> SlotList { get; } = [];

    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (inUse) throw new InvalidOperationException("A pass is already under way in this workspace. Dispose it first, or give each pass its own workspace.");
        inUse = true;
    }

    internal void Leave() => inUse = false;

    /// <summary>Gives all memory back to the system; what a pass under way uses follows when it ends.</summary>
    public void Dispose()
    {
        disposed = true;
        Arena.Dispose();
    }
}

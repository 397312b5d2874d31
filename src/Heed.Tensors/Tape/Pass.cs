using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>One run of a model: owns what is transient — buffers, randomness, training mode, the tape, probes — and returns it all when it ends.</summary>
/// <remarks>Models keep nothing of a pass, so one model serves many passes at once.</remarks>
/// <example><code>
/// using var pass = Pass.Train(workspace, seed);
/// var loss = model.Loss(pass, batch);
/// pass.Backward(loss, gradients);
/// </code></example>
public sealed partial class Pass : IDisposable
{
    readonly Workspace workspace;
    readonly List<Slot> slots;
    readonly List<Op> tape;
    readonly List<Block> scratch;
    readonly ulong seed;
    ulong draws;
    bool ended, unwound;

    Pass(Workspace workspace, ulong seed, bool training)
    {
        workspace.Enter();
        this.workspace = workspace;
        (slots, tape, scratch) = (workspace.SlotList, workspace.TapeList, workspace.RentedList);
        this.seed = seed;
        Training = training;
        workspace.Report?.Begin();
        if (workspace.Watched) Watch = new FiniteWatch(workspace.Backend);
    }

    /// <summary>Begins a pass that records its operations and drops out.</summary>
    /// <param name="workspace">where buffers come from</param>
    /// <param name="seed">all randomness of the pass follows from it</param>
    public static Pass Train(Workspace workspace, ulong seed) => new(workspace, seed, training: true) { Recording = true };

    /// <summary>Begins a pass that records its operations but drops nothing out: for gradients of the model as it is.</summary>
    public static Pass Differentiate(Workspace workspace) => new(workspace, 0, training: false) { Recording = true };

    /// <summary>Begins a pass that records nothing.</summary>
    public static Pass Infer(Workspace workspace) => new(workspace, 0, training: false);

    /// <summary>Begins a pass that records nothing and shows named values to <paramref name="probe"/>.</summary>
    public static Pass Infer(Workspace workspace, Probe probe) => new(workspace, 0, training: false) { Probe = probe };

    /// <summary>Whether dropout is on.</summary>
    public bool Training { get; }

    /// <summary>Whether operations go on the tape.</summary>
    public bool Recording { get; private init; }

    /// <summary>What computes.</summary>
    public Backend Backend => workspace.Backend;

    /// <summary>Who watches named values of this pass; nobody by default.</summary>
    public Probe? Probe { get; private init; }

    /// <summary>The operations recorded so far.</summary>
    public IReadOnlyList<Op> Tape => tape;

    /// <summary>A new tensor; what it holds is not defined.</summary>
    public Tensor New(Shape shape)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        var memory = workspace.Arena.Rent(shape.Count);
        slots.Add(new Slot { Value = memory, Data = memory.Floats.Slice(0, shape.Count), Alive = true });
        return new Tensor(this, slots.Count - 1, shape);
    }

    /// <summary>A new tensor with these numbers.</summary>
    public Tensor From(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.Count) throw new ArgumentException($"{values.Length} values do not fill the shape {shape}.", nameof(values));
        var tensor = New(shape);
        values.CopyTo(tensor.Data.Span);
        return tensor;
    }

    /// <summary>A tensor over memory that belongs to somebody who outlives the pass, such as a cache of keys.</summary>
    /// <param name="memory">its first floats are the tensor</param>
    /// <param name="shape">at most as many elements</param>
    public Tensor Borrow(Floats memory, Shape shape)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        slots.Add(new Slot { Data = memory.Slice(0, shape.Count), Alive = true });
        return new Tensor(this, slots.Count - 1, shape);
    }

    /// <summary>Memory for the rest of the pass that is no tensor, for what an operation saves.</summary>
    public Floats Rent(nint length)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        var memory = workspace.Arena.Rent(length);
        scratch.Add(memory);
        return memory.Floats.Slice(0, length);
    }

    /// <summary>Memory of the workspace for longer than the pass, until it is disposed: what decoding remembers from id to id.</summary>
    /// <param name="length">how many floats at least, not negative; what they hold is not defined</param>
    public HeldMemory Hold(nint length)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new HeldMemory(workspace.Arena, workspace.Arena.Rent(length));
    }

    /// <summary>The seed of the next random operation: a function of the pass's seed and of how many were asked before.</summary>
    public ulong NextSeed() => SplitMix(seed + SplitMix(++draws));

    /// <summary>Puts an operation on the tape.</summary>
    public void Record(Op op)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        tape.Add(op);
    }

    /// <summary>Runs the tape backward from a scalar loss, adding dL/dθ to <paramref name="gradients"/>.</summary>
    /// <remarks>Buffers return to the workspace as the tape unwinds, so what operations made is gone afterwards, except what was kept.</remarks>
    /// <exception cref="ArgumentException">The loss is no scalar, or of another pass.</exception>
    /// <exception cref="InvalidOperationException">The pass records nothing, or its tape has run backward before.</exception>
    public void Backward(Tensor loss, Gradients gradients)
    {
        if (loss.Shape.Count != 1) throw new ArgumentException($"Backward starts from a scalar, not from {loss.Shape}.", nameof(loss));
        CheckTape();
        Keep(loss);
        AdjointInto(loss.Slot, 1, out _)[0] = 1f;
        Unwind(new Adjoints(this, gradients));
    }

    /// <summary>Runs the tape backward from given adjoints of some tensors; those of <paramref name="keep"/> stay readable through the result.</summary>
    /// <param name="seeds">where to begin: dL/dx for tensors x, added up where one stands twice</param>
    /// <param name="gradients">where dL/dθ is added, or nothing</param>
    /// <param name="keep">results whose numbers and adjoints stay</param>
    /// <exception cref="ArgumentException">An adjoint is not as long as its tensor, or a tensor is of another pass.</exception>
    /// <exception cref="InvalidOperationException">The pass records nothing, or its tape has run backward before.</exception>
    public Adjoints Backward(IReadOnlyList<(Tensor Tensor, float[] Adjoint)> seeds, Gradients? gradients, params ReadOnlySpan<Tensor> keep)
    {
        foreach (var (tensor, adjoint) in seeds)
            if (adjoint.Length != tensor.Shape.Count)
                throw new ArgumentException($"An adjoint of {adjoint.Length} numbers does not fit a tensor {tensor.Shape}.", nameof(seeds));
        CheckTape();
        foreach (var (tensor, adjoint) in seeds)
        {
            Keep(tensor);
            var d = AdjointInto(tensor.Slot, tensor.Shape.Count, out var accumulate);
            for (var i = 0; i < adjoint.Length; i++) d[i] = adjoint[i] + (accumulate ? d[i] : 0);
        }
        foreach (var tensor in keep) Keep(tensor);
        var adjoints = new Adjoints(this, gradients);
        Unwind(adjoints);
        return adjoints;
    }

    /// <summary>Keeps a tensor's buffers when the tape has unwound past it.</summary>
    /// <exception cref="ArgumentException">The tensor is of another pass.</exception>
    /// <exception cref="ObjectDisposedException">The tensor is gone already.</exception>
    public void Keep(Tensor tensor)
    {
        if (tensor.Pass != this) throw new ArgumentException($"The tensor {tensor.Shape} was made in another pass.", nameof(tensor));
        _ = tensor.Data;
        SlotOf(tensor.Slot).Kept = true;
    }

    void CheckTape()
    {
        if (!Recording)
            throw new InvalidOperationException("This pass records nothing, so it has no gradients: begin it with Pass.Train or Pass.Differentiate.");
        if (unwound)
            throw new InvalidOperationException("The tape of this pass has run backward before. Begin another pass, or give all seeds at once.");
    }

    void Unwind(Adjoints d)
    {
        unwound = true;
        workspace.Report?.Begin();
        for (var i = tape.Count - 1; i >= 0; i--)
        {
            var op = tape[i];
            if (SlotOf(op.Result.Slot).HasAdjoint)
            {
                op.Backward(d);
                Watch?.Backward(op);
            }
            Release(op.Result.Slot);
            workspace.Report?.Backward(op);
        }
        tape.Clear();
    }

    /// <summary>Runs a part of the pass whose inner buffers nobody needs afterwards: all but the result return at its end. A recorded pass keeps everything.</summary>
    public Tensor Region<TState>(TState state, Func<TState, Tensor> body)
    {
        if (Recording) return body(state);
        int firstSlot = slots.Count, firstScratch = scratch.Count;
        var result = body(state);
        for (var i = firstSlot; i < slots.Count; i++)
            if (i != result.Slot) Release(i);
        ReturnScratch(firstScratch);
        return result;
    }

    internal bool Holds(int slot) => !ended && slots[slot].Alive;

    internal Floats DataOf(int slot) => slots[slot].Data;

    ref Slot SlotOf(int slot) => ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(slots)[slot];

    internal Floats AdjointOf(int slot, nint count) => SlotOf(slot).HasAdjoint
        ? SlotOf(slot).Adjoint!.Floats.Slice(0, count)
        : throw new InvalidOperationException("No gradient has reached this tensor: the loss does not depend on it, or the tape has unwound past it without Keep.");

    internal Floats AdjointInto(int slot, nint count, out bool accumulate)
    {
        ref var entry = ref SlotOf(slot);
        accumulate = entry.HasAdjoint;
        entry.HasAdjoint = true;
        entry.Adjoint ??= workspace.Arena.Rent(count);
        return entry.Adjoint.Floats.Slice(0, count);
    }

    internal void PassAdjoint(int from, int to, nint count)
    {
        ref Slot source = ref SlotOf(from), target = ref SlotOf(to);
        if (!target.HasAdjoint && !source.Kept)
        {
            (target.Adjoint, target.HasAdjoint) = (source.Adjoint, true);
            (source.Adjoint, source.HasAdjoint) = (null, false);
            return;
        }
        var dy = AdjointOf(from, count);
        var dx = AdjointInto(to, count, out var accumulate);
        if (accumulate) Backend.AddTo(dy, dx);
        else Backend.Copy(dy, dx);
    }

    void Release(int slot)
    {
        ref var entry = ref SlotOf(slot);
        if (entry.Kept) return;
        if (entry.Value is { } value) workspace.Arena.Return(value);
        if (entry.Adjoint is { } adjoint) workspace.Arena.Return(adjoint);
        entry = default;
    }

    void ReturnScratch(int from)
    {
        for (var i = from; i < scratch.Count; i++) workspace.Arena.Return(scratch[i]);
        scratch.RemoveRange(from, scratch.Count - from);
    }

    // Steele, Lea and Flood 2014: a bijection of 64 bits that leaves no visible structure.
    static ulong SplitMix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>Ends the pass: every buffer returns to the workspace.</summary>
    public void Dispose()
    {
        if (ended) return;
        for (var i = 0; i < slots.Count; i++)
        {
            SlotOf(i).Kept = false;
            Release(i);
        }
        slots.Clear();
        tape.Clear();
        ReturnScratch(0);
        ended = true;
        workspace.Leave();
    }
}

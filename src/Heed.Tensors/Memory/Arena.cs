using System.Numerics;
using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Buffers of any length, cut from a few large slabs where they fit best; neighbours that are both free are one again.</summary>
/// <remarks>
/// Batches differ in size from step to step. A pool by size would hold the buffers of every size it ever saw; here one step's
/// memory is the next one's, however either is divided, and the system is soon asked for nothing more. That matters for
/// speed too: a page that is touched for the first time costs the system far more than a pass over it costs us.
/// </remarks>
sealed class Arena(Backend backend) : IDisposable
{
    // Buffers begin on a cache line and are a multiple of so many floats, which is also the least that is worth keeping.
    const nint Grain = 64;
    const nint FirstSlab = 1 << 20;

    // Four bins for every power of two.
    const int Bins = 4 * 64;

    readonly List<FloatMemory> slabs = [];
    readonly Block?[] free = new Block?[Bins];
    readonly Stack<Block> spare = [];
    int rented;
    bool disposed;

    /// <summary>Floats taken from the system.</summary>
    public nint Held { get; private set; }

    /// <summary>Floats in use, and the most that ever were.</summary>
    public nint Used { get; private set; }

    /// <inheritdoc cref="Used"/>
    public nint Greatest { get; private set; }

    /// <summary>How often the system was asked.</summary>
    public int Slabs { get; private set; }

    /// <summary>A buffer of at least so many floats; what they hold is not defined.</summary>
    public Block Rent(nint length)
    {
        var needed = Math.Max(1, (length + Grain - 1) / Grain) * Grain;
        var block = Find(needed) ?? Grow(needed);
        Unlink(block);
        if (block.Length > needed) Link(Split(block, needed));
        block.IsFree = false;
        rented++;
        Used += needed;
        Greatest = Math.Max(Greatest, Used);
        return block;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(Block block)
    {
        rented--;
        Used -= block.Length;
        if (disposed)
        {
            if (rented == 0) Release();
            return;
        }
        if (block.After is { IsFree: true } after)
        {
            Unlink(after);
            Join(block, after);
        }
        if (block.Before is { IsFree: true } before)
        {
            Unlink(before);
            Join(before, block);
            block = before;
        }
        Link(block);
    }

    // The first of its own bin that is large enough, else any of the next bin that has one: all of those are.
    Block? Find(nint length)
    {
        var bin = BinOf(length);
        for (var block = free[bin]; block is not null; block = block.Next)
            if (block.Length >= length) return block;
        while (++bin < Bins)
            if (free[bin] is { } block) return block;
        return null;
    }

    Block Grow(nint length)
    {
        var slab = backend.Allocate(Math.Max(length, Math.Max(FirstSlab, Held / 4 / Grain * Grain)));
        slabs.Add(slab);
        Slabs++;
        Held += slab.Floats.Length;
        var block = Take(slab.Floats);
        Link(block);
        return block;
    }

    Block Take(Floats floats)
    {
        if (!spare.TryPop(out var block)) block = new Block();
        block.Floats = floats;
        return block;
    }

    Block Split(Block block, nint length)
    {
        var rest = Take(block.Floats.Slice(length, block.Length - length));
        block.Floats = block.Floats.Slice(0, length);
        (rest.Before, rest.After) = (block, block.After);
        if (rest.After is not null) rest.After.Before = rest;
        block.After = rest;
        return rest;
    }

    unsafe void Join(Block block, Block after)
    {
        block.Floats = new Floats(block.Floats.Start, block.Length + after.Length);
        block.After = after.After;
        if (block.After is not null) block.After.Before = block;
        (after.Before, after.After, after.IsFree) = (null, null, false);
        spare.Push(after);
    }

    void Link(Block block)
    {
        ref var first = ref free[BinOf(block.Length)];
        (block.Previous, block.Next, block.IsFree) = (null, first, true);
        if (first is not null) first.Previous = block;
        first = block;
    }

    void Unlink(Block block)
    {
        if (block.Previous is null) free[BinOf(block.Length)] = block.Next;
        else block.Previous.Next = block.Next;
        if (block.Next is not null) block.Next.Previous = block.Previous;
        (block.Previous, block.Next) = (null, null);
    }

    static int BinOf(nint length)
    {
        var power = BitOperations.Log2((ulong)length);
        return 4 * power + (int)((ulong)length >> (power - 2) & 3);
    }

    /// <summary>Gives the slabs back to the system, at once or, while buffers are out, with the last of them.</summary>
    public void Dispose()
    {
        disposed = true;
        if (rented == 0) Release();
    }

    void Release()
    {
        foreach (var slab in slabs) slab.Dispose();
        slabs.Clear();
        // A pass that outlives its workspace may still ask for more, and must not find what is gone.
        Array.Clear(free);
        Held = 0;
    }
}

/// <summary>A stretch of a slab, in use or free, and its neighbours.</summary>
sealed class Block
{
    public Floats Floats;
    public bool IsFree;

    /// <summary>The stretches on both sides of it in the slab.</summary>
    public Block? Before, After;

    /// <summary>Those in the same bin, while it is free.</summary>
    public Block? Previous, Next;

    public nint Length => Floats.Length;
}

using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>A buffer of a workspace that outlives passes; whoever holds it gives it back.</summary>
public sealed class HeldMemory : IDisposable
{
    readonly Arena arena;
    Block? block;

    internal HeldMemory(Arena arena, Block block) => (this.arena, this.block) = (arena, block);

    /// <summary>The memory, at least as long as was asked for.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public Floats Floats => block?.Floats ?? throw new ObjectDisposedException(nameof(HeldMemory), "The memory was given back to its workspace.");

    /// <summary>Gives the memory back to the workspace.</summary>
    public void Dispose()
    {
        if (block is null) return;
        arena.Return(block);
        block = null;
    }
}

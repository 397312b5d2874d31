using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>What a pass knows of one tensor: its buffer, and during backward the buffer of its adjoint.</summary>
struct Slot
{
    public Block? Value;
    public Floats Data;
    public Block? Adjoint;
    public bool Alive;
    public bool HasAdjoint;
    public bool Kept;
}

using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Numbers with a shape, made in a pass and gone when it ends.</summary>
/// <remarks>A small value: copying it copies no numbers. What must outlive the pass is copied out with <see cref="ToArray"/>.</remarks>
public readonly record struct Tensor
{
    readonly Pass? pass;

    internal Tensor(Pass pass, int slot, Shape shape)
    {
        this.pass = pass;
        Slot = slot;
        Shape = shape;
    }

    /// <summary>The pass that made it.</summary>
    /// <exception cref="ObjectDisposedException">No pass did: this is the default of the type.</exception>
    public Pass Pass => pass ?? throw Gone();

    /// <summary>The sizes of its axes.</summary>
    public Shape Shape { get; }

    internal int Slot { get; }

    /// <summary>The numbers, rows one after another.</summary>
    /// <exception cref="ObjectDisposedException">The pass, or the region of it that made the tensor, has ended.</exception>
    public Floats Data
    {
        get
        {
            if (pass is null || !pass.Holds(Slot)) throw Gone();
            return pass.DataOf(Slot);
        }
    }

    /// <summary>The only number of a scalar.</summary>
    public float Scalar => Shape.Count == 1 ? Data[0] : throw new InvalidOperationException($"A tensor of shape {Shape} is no scalar.");

    /// <summary>The same numbers in another shape of as many elements.</summary>
    public Tensor Reshape(Shape shape) => shape.Count == Shape.Count
        ? new Tensor(Pass, Slot, shape)
        : throw new ArgumentException($"{Shape} has {Shape.Count} elements, {shape} would have {shape.Count}.", nameof(shape));

    /// <summary>Copies the numbers out of the pass.</summary>
    public float[] ToArray() => Data.Span.ToArray();

    /// <summary>The shape, for messages; the numbers may be gone.</summary>
    public override string ToString() => "Tensor " + Shape;

    ObjectDisposedException Gone() => new(nameof(Tensor), pass is null
        ? "This tensor was never made by an operation."
        : $"The tensor {Shape} was made in a pass, or a region of one, that has ended. Copy what you need with ToArray() before it ends.");
}

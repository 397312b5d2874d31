using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>A named table of numbers that training changes. Tying is passing the same parameter twice.</summary>
public sealed class Parameter
{
    Floats value;
    PackedMatrix? packed;

    internal Parameter(ParameterSet set, string path, Shape shape, Init init, nint offset)
    {
        Set = set;
        Path = path;
        Shape = shape;
        Init = init;
        Offset = offset;
    }

    /// <summary>Its place in the tree of names, parts joined by dots: its name in a checkpoint.</summary>
    public string Path { get; }

    /// <summary>The sizes of its axes.</summary>
    public Shape Shape { get; }

    /// <summary>What a fresh one holds.</summary>
    public Init Init { get; }

    /// <summary>The set it belongs to. Held, so that the numbers live as long as anybody has the parameter.</summary>
    internal ParameterSet Set { get; }

    /// <summary>Where it begins in the flat memory of its set.</summary>
    internal nint Offset { get; }

    /// <summary>Its numbers.</summary>
    /// <exception cref="InvalidOperationException">The set was only measured: neither initialised nor loaded.</exception>
    public Floats Value
    {
        get => value.IsEmpty && Shape.Count > 0
            ? throw new InvalidOperationException($"Parameter {Path} {Shape} has no values yet: call Initialise or Load on its ParameterSet first.")
            : value;
        internal set => this.value = value;
    }

    /// <summary>Its rows [o, i] packed as the right factor xWᵀ, once the set is frozen for inference; otherwise nothing.</summary>
    public PackedMatrix? Packed
    {
        get => packed;
        internal set => packed = value;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Shape}";
}

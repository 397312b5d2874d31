using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Where loaded parameters come from: names, shapes and values.</summary>
public interface IParameterSource
{
    /// <summary>What the source is, for messages: a file name.</summary>
    string Description { get; }

    /// <summary>All names it holds.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The shape of a named table.</summary>
    Shape ShapeOf(string name);

    /// <summary>Copies a named table.</summary>
    void Read(string name, Floats target);
}

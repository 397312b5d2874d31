using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>dL/dθ for every parameter of a set, flat beside its values. Passes add to it; the optimizer reads it.</summary>
public sealed class Gradients : IDisposable
{
    readonly FloatMemory memory;

    /// <summary>Zero gradients for the parameters of <paramref name="set"/>.</summary>
    public Gradients(ParameterSet set)
    {
        memory = new FloatMemory(set.FlatLength);
        Clear();
    }

    /// <summary>All of them, laid out as <see cref="ParameterSet.Flat"/>.</summary>
    public Floats Flat => memory.Floats;

    /// <summary>Those of one parameter.</summary>
    public Floats Of(Parameter parameter) => memory.Floats.Slice(parameter.Offset, parameter.Shape.Count);

    /// <summary>Sets them to zero for the next step.</summary>
    public void Clear() => memory.Floats.Clear();

    /// <summary>Releases the memory.</summary>
    public void Dispose() => memory.Dispose();
}

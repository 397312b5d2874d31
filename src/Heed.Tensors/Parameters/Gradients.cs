using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>dL/dθ for every parameter of a set, flat beside its values. Passes add to it; the optimizer reads it.</summary>
public sealed class Gradients : IDisposable
{
    readonly ParameterSet set;
    readonly FloatMemory memory;

    /// <summary>Zero gradients for the parameters of <paramref name="set"/>.</summary>
    public Gradients(ParameterSet set)
    {
        this.set = set;
        memory = new FloatMemory(set.FlatLength);
        Clear();
    }

    /// <summary>All of them, laid out as <see cref="ParameterSet.Flat"/>.</summary>
    public Floats Flat => memory.Floats;

    /// <summary>Those of one parameter.</summary>
    /// <exception cref="ArgumentException">The parameter is of another set.</exception>
    public Floats Of(Parameter parameter) => Has(parameter)
        ? memory.Floats.Slice(parameter.Offset, parameter.Shape.Count)
        : throw new ArgumentException($"Parameter {parameter} is not of the set that these gradients were made for.", nameof(parameter));

    internal bool Has(Parameter parameter) => parameter.Set == set;

    /// <summary>Sets them to zero for the next step.</summary>
    public void Clear() => memory.Floats.Clear();

    /// <summary>Releases the memory.</summary>
    public void Dispose() => memory.Dispose();
}

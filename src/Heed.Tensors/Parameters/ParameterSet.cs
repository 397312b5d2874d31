using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>All parameters of a model in the order it asked for them, their values in one flat block.</summary>
/// <remarks>A set that is neither initialised nor loaded only measures: names, shapes and sizes are known and no memory is taken.</remarks>
/// <example><code>
/// var parameters = new ParameterSet();
/// var model = new Transformer(parameters.Root, config);
/// parameters.Initialise(seed: 1);                   // or parameters.Load(source)
/// </code></example>
public sealed class ParameterSet : IDisposable
{
    // Every table starts on a cache line.
    const nint Alignment = 16;
    const int FaultsShown = 12, MostCompared = 10_000;

    readonly List<Parameter> parameters = [];
    readonly Dictionary<string, Parameter> byPath = new(StringComparer.Ordinal);
    FloatMemory? memory;

    /// <summary>The root of the tree of names.</summary>
    public Scope Root => new(this, "");

    /// <summary>The parameters in the order they were asked for.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>How many numbers the parameters hold.</summary>
    public long Count => parameters.Sum(parameter => (long)parameter.Shape.Count);

    /// <summary>How many floats the flat block takes, gaps for alignment included.</summary>
    public nint FlatLength { get; private set; }

    /// <summary>Whether weights were packed for inference and must no longer change.</summary>
    public bool Frozen { get; private set; }

    /// <summary>The flat block. Gaps between tables are zero and stay zero.</summary>
    public Floats Flat => memory?.Floats ?? throw new InvalidOperationException("The parameters have no values yet: call Initialise or Load first.");

    /// <summary>The parameter at a path.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Parameter this[string path] => byPath.TryGetValue(path, out var parameter)
        ? parameter
        : throw new KeyNotFoundException($"There is no parameter '{path}'" + Nearest("; the nearest is", path, byPath.Keys) + ".");

    internal Parameter Add(string path, Shape shape, Init init)
    {
        if (memory is not null) throw new InvalidOperationException($"Parameter {path} was asked for after the set got its values.");
        var parameter = new Parameter(this, path, shape, init, FlatLength);
        if (!byPath.TryAdd(path, parameter)) throw new InvalidOperationException($"Two parameters are called '{path}'.");
        parameters.Add(parameter);
        FlatLength += (shape.Count + Alignment - 1) / Alignment * Alignment;
        return parameter;
    }

    /// <summary>Gives every parameter fresh values. What one gets depends on the seed and its path alone, not on its neighbours.</summary>
    public void Initialise(ulong seed)
    {
        Allocate();
        foreach (var parameter in parameters) parameter.Init.Fill(parameter, seed);
    }

    /// <summary>Takes every value from <paramref name="source"/>, whose names and shapes must be exactly those of this set.</summary>
    /// <exception cref="InvalidDataException">Names are missing or left over, or shapes differ; the message lists the first dozen.</exception>
    public void Load(IParameterSource source)
    {
        var faults = FaultsOf(source);
        if (faults.Count > 0)
            throw new InvalidDataException($"{source.Description} does not hold this model's parameters:"
                + string.Concat(faults.Take(FaultsShown).Select(fault => "\n  " + fault))
                + (faults.Count > FaultsShown ? $"\n  … and {faults.Count - FaultsShown} more" : ""));
        Allocate();
        foreach (var parameter in parameters) source.Read(parameter.Path, parameter.Value);
    }

    List<string> FaultsOf(IParameterSource source)
    {
        var present = source.Names.ToHashSet(StringComparer.Ordinal);
        var missing = parameters.Where(parameter => !present.Contains(parameter.Path)).Select(parameter => parameter.Path).ToList();
        var leftOver = present.Where(name => !byPath.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        var faults = new List<string>();
        // Names are compared for the faults that are shown: a checkpoint of another model may have thousands.
        string Hint(string text, string name, List<string> others) => faults.Count < FaultsShown ? Nearest(text, name, others) : "";
        foreach (var path in missing) faults.Add($"'{path}' {byPath[path].Shape} is missing" + Hint("; the nearest name there is", path, leftOver));
        foreach (var parameter in parameters)
            if (present.Contains(parameter.Path) && source.ShapeOf(parameter.Path) is var found && found != parameter.Shape)
                faults.Add($"'{parameter.Path}' is {found} there but the configuration makes it {parameter.Shape}");
        foreach (var name in leftOver)
            faults.Add($"'{name}' {source.ShapeOf(name)} is not a parameter of this model" + Hint("; the nearest that is missing is", name, missing));
        return faults;
    }

    static string Nearest(string text, string name, IReadOnlyCollection<string> others)
        => others.Count is 0 or > MostCompared ? "" : $"{text} '{Names.Nearest(name, others)}'";

    /// <summary>Packs every matrix for inference, once. Values must not change afterwards.</summary>
    public void Freeze(Backend backend)
    {
        if (Frozen) return;
        foreach (var parameter in parameters)
            if (parameter.Shape.Rank == 2) parameter.Packed = backend.Pack(parameter.Value, parameter.Shape);
        Frozen = true;
    }

    void Allocate()
    {
        if (memory is not null) throw new InvalidOperationException("The parameters already have values.");
        memory = new FloatMemory(FlatLength);
        memory.Floats.Clear();
        foreach (var parameter in parameters) parameter.Value = memory.Floats.Slice(parameter.Offset, parameter.Shape.Count);
    }

    /// <summary>Releases the values; who asks for one afterwards is told so.</summary>
    public void Dispose()
    {
        foreach (var parameter in parameters)
        {
            parameter.Packed?.Dispose();
            (parameter.Packed, parameter.Value) = (null, default);
        }
        memory?.Dispose();
        memory = null;
    }
}

using System.Globalization;
using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Looks at every number that the operations of one pass make, forward and backward, and stops at the first that is not finite.</summary>
/// <remarks>An operation is named by the method that computes it and by where it stands: its parameter's layer, or behind what it reads.</remarks>
sealed class FiniteWatch(Backend backend)
{
    // What made the tensor of each slot, and the part of the model that its numbers last went through.
    readonly Dictionary<int, (string Name, string Path)> makers = [];
    readonly List<(string What, Shape Shape, Floats Numbers)> reached = [];

    /// <summary>An operation has made its result.</summary>
    /// <exception cref="NotFiniteNumberException">The result is not finite.</exception>
    public void Forward(Tensor result, (string Operation, string? Path, Tensor After) of, Parameter? at)
    {
        var path = of.Path ?? (at is null ? null : LayerOf(at));
        var before = path is null && of.After != default && makers.TryGetValue(of.After.Slot, out var maker) ? maker.Path : "";
        var name = path is not null ? $"{of.Operation} at {path}" : before.Length > 0 ? $"{of.Operation} after {before}" : of.Operation;
        makers[result.Slot] = (name, path ?? before);
        if (Fault("the result", result.Shape, result.Data) is not { } fault) return;
        throw NotFinite($"Forward, {name}: {fault.Sentence}" + (at is null ? "" : FaultsOf(at)), fault.Number);
    }

    /// <summary>A gradient is about to be written.</summary>
    public void Reaches(string what, Shape shape, Floats gradient) => reached.Add((what, shape, gradient));

    /// <summary>An operation has written the gradients that it announced.</summary>
    /// <exception cref="NotFiniteNumberException">One of them is not finite.</exception>
    public void Backward(Op op)
    {
        foreach (var (what, shape, numbers) in reached)
            if (Fault(what, shape, numbers) is { } fault)
                throw NotFinite($"Backward, {(makers.TryGetValue(op.Result.Slot, out var maker) ? maker.Name : op.Name)}: {fault.Sentence}", fault.Number);
        reached.Clear();
    }

    static NotFiniteNumberException NotFinite(string sentence, float number) => new(sentence, number);

    // A NaN that was in a weight before the operation ran is the better answer, so it is told too.
    string FaultsOf(Parameter at)
    {
        var layer = at.Set.Parameters.Where(other => LayerOf(other) == LayerOf(at));
        return string.Concat(layer.Select(parameter => Fault(" The parameter " + parameter.Path, parameter.Shape, parameter.Value)?.Sentence));
    }

    // decoder.0.feed.first for decoder.0.feed.first.weight
    static string LayerOf(Parameter parameter) => parameter.Path.LastIndexOf('.') is var dot && dot > 0 ? parameter.Path[..dot] : parameter.Path;

    (string Sentence, float Number)? Fault(string what, Shape shape, Floats numbers)
    {
        var i = backend.FirstNonFinite(numbers);
        if (i < 0) return null;
        var place = shape.Rank switch { 0 => "", 1 => $" at [{i}]", _ => $" at [{i / shape.Columns}, {i % shape.Columns}]" };
        return ($"{what} {shape} is {numbers[i].ToString(CultureInfo.InvariantCulture)}{place}.", numbers[i]);
    }
}

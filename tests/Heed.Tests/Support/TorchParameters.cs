using System.Text.RegularExpressions;
using Heed.Tensors;

namespace Heed.Tests;

/// <summary>Heed's names for the parameters of PyTorch's modules: where a golden keeps what Heed calls by another name.</summary>
static partial class TorchParameters
{
    /// <summary>Gives every parameter the golden's values.</summary>
    public static void Load(ParameterSet parameters, Golden golden)
    {
        parameters.Initialise(seed: 1);
        foreach (var parameter in parameters.Parameters)
            if (Find(parameter, golden, "param.") is { } values) values.CopyTo(parameter.Value.Span);
    }

    /// <summary>Holds the gradient of every parameter against the golden's, and makes sure that the golden has no other.</summary>
    public static void CheckGradients(ParameterSet parameters, Gradients gradients, Golden golden)
    {
        var numbers = 0L;
        foreach (var parameter in parameters.Parameters)
        {
            if (Find(parameter, golden, "grad.") is not { } expected) continue;
            Near.Gradients(expected, gradients.Of(parameter).Span, parameter.Path);
            numbers += expected.Length;
        }
        Assert.Equal(golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).Sum(name => (long)golden[name].Length), numbers);
    }

    static float[]? Find(Parameter parameter, Golden golden, string prefix)
    {
        var (name, part) = Translate(parameter.Path);
        // A single layer's file has its names without the layer's.
        if (!golden.Has(prefix + name) && name.Split("layers.0.") is [_, var own]) name = own;
        if (!golden.Has(prefix + name)) return null;
        var values = golden[prefix + name];
        var count = (int)parameter.Shape.Count;
        // PyTorch keeps the projections of queries, keys and values in one matrix, one below the other.
        Assert.Equal(part is null ? count : 3 * count, values.Length);
        return values[((part ?? 0) * count)..][..count];
    }

    static (string Name, int? Part) Translate(string path)
    {
        var inDecoder = path.StartsWith("decoder.", StringComparison.Ordinal);
        var name = Layer().Replace(path, "$1.layers.$2.").Replace("coder.end.", "coder.norm.", StringComparison.Ordinal)
            .Replace("self_norm.", "norm1.", StringComparison.Ordinal).Replace("cross_norm.", "norm2.", StringComparison.Ordinal)
            .Replace("feed_norm.", inDecoder ? "norm3." : "norm2.", StringComparison.Ordinal)
            .Replace("feed.first.", "linear1.", StringComparison.Ordinal).Replace("feed.second.", "linear2.", StringComparison.Ordinal)
            .Replace("self.", "self_attn.", StringComparison.Ordinal).Replace("cross.", "multihead_attn.", StringComparison.Ordinal)
            .Replace("output.", "out_proj.", StringComparison.Ordinal);
        var match = Projection().Match(name);
        if (!match.Success) return (name, null);
        var part = Array.IndexOf(["query", "key", "value"], match.Groups[1].Value);
        return (Projection().Replace(name, "in_proj_$2"), part);
    }

    [GeneratedRegex(@"^(encoder|decoder)\.(\d+)\.")]
    private static partial Regex Layer();

    [GeneratedRegex(@"(query|key|value)\.(weight|bias)$")]
    private static partial Regex Projection();
}

using Heed.Models;
using Heed.Tensors;

namespace Heed.Tests.Contracts;

public sealed class InitialisationTests
{
    [Fact]
    public void Scaled_matrices_that_end_a_sublayer_are_smaller_by_the_root_of_the_sublayers()
    {
        using Tiny plain = new(Tiny.Config with { EncoderLayers = 2, DecoderLayers = 3 }),
            scaled = new(Tiny.Config with { EncoderLayers = 2, DecoderLayers = 3, Initialisation = Initialisation.Scaled });
        foreach (var (before, after) in plain.Parameters.Parameters.Zip(scaled.Parameters.Parameters))
        {
            var ends = before.Path.EndsWith("output.weight", StringComparison.Ordinal)
                || before.Path.EndsWith("second.weight", StringComparison.Ordinal);
            var factor = !ends ? 1 : 1 / MathF.Sqrt(before.Path.StartsWith("encoder", StringComparison.Ordinal) ? 4 : 9);
            Near.Within(1e-6, Array.ConvertAll(before.Value.Span.ToArray(), value => value * factor), after.Value.Span, before.Path);
        }
    }

    [Fact]
    public void Xavier_fills_its_interval_and_keeps_to_it()
    {
        using var tiny = new Tiny(Tiny.Config with { Width = 40 });
        var weight = tiny.Parameters["encoder.0.feed.first.weight"];
        var limit = MathF.Sqrt(6f / (weight.Shape.Rows + weight.Shape.Columns));
        var values = weight.Value.Span.ToArray();
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.InRange(values.Max(), 0.98f * limit, limit);
        Assert.InRange(values.Sum(value => (double)value * value) / values.Length, 0.9 * limit * limit / 3, 1.1 * limit * limit / 3);
    }

    [Fact]
    public void What_a_parameter_gets_depends_on_the_seed_and_its_own_name()
    {
        using Tiny small = new(seed: 5), deep = new(Tiny.Config with { DecoderLayers = 4 }, seed: 5), other = new(seed: 6);
        foreach (var parameter in small.Parameters.Parameters)
            Near.SameBits(parameter.Value.Span, deep.Parameters[parameter.Path].Value.Span, parameter.Path);
        Assert.NotEqual(small.Parameters["embedding.weight"].Value.Span.ToArray(), other.Parameters["embedding.weight"].Value.Span.ToArray());
    }
}

using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>Weights summed by the relation of query and key, and what relations add to the gradients of weights.</summary>
public sealed class RelatedValuesTests
{
    const int Clip = 3, Entries = 2 * Clip + 1;

    static readonly Workers One = new(1), Two = new(2), Five = new(5);
    static readonly AttentionSizes[] Sizes = [Shape(1, 1), Shape(4, 17, 2, 5), Shape(3, 32)];

    static SegmentPair[] Pairs => [.. Self(70, 1, 20), new(91, 5, 91, 0, 0), new(96, 300, 91, 64, 0)];

    [Theory]
    [InlineData(0)]
    [InlineData(0.4f)]
    public void Sums_are_those_of_the_equation(float dropout)
    {
        foreach (var sizes in Sizes)
        {
            using var problem = new AttentionCase(sizes, Pairs);
            Floats fast = Room(problem), slow = Room(problem);
            problem.Forward(Two, Rule(dropout));
            Attention.CollectWeights(Two, problem.Inputs, problem.Pairs, sizes, Collecting(dropout, fast, sizes), problem.Outputs);
            AttentionReference.CollectWeights(problem.Inputs, problem.Pairs, sizes, Collecting(dropout, slow, sizes));
            Same.Values(slow.Span, fast.Span, 3e-6f);
            Assert.Contains(slow.Span.ToArray(), sum => sum > 0.5f);
        }
    }

    [Fact]
    public void Without_dropout_the_sums_of_a_query_add_up_to_one_and_to_nothing_where_it_sees_nothing()
    {
        using var problem = new AttentionCase(Sizes[1], Pairs);
        var sums = Room(problem);
        problem.Forward(Two, Rule(0));
        Attention.CollectWeights(Two, problem.Inputs, problem.Pairs, Sizes[1], Collecting(0, sums, Sizes[1]), problem.Outputs);
        for (nint row = 0; row < problem.Queries * Sizes[1].Heads; row++)
        {
            var seesNothing = row / Sizes[1].Heads is >= 91 and < 96;
            Assert.Equal(seesNothing ? 0 : 1, sums.Slice(row * Entries, Entries).Span.ToArray().Sum(), 1e-5f);
        }
    }

    [Fact]
    public void Neither_threads_nor_the_batch_nor_the_pieces_in_which_queries_come_change_a_bit()
    {
        foreach (var sizes in Sizes)
        {
            using var problem = new AttentionCase(sizes, Pairs);
            problem.Forward(Two, Rule(0));
            var expected = Sums(One, problem, Pairs);
            Same.Bits(expected, Sums(Five, problem, Pairs));
            SegmentPair[] pieces =
            [
                .. from pair in Pairs
                   from first in Enumerable.Range(0, pair.Queries).Where(i => i % 7 == 0)
                   select new SegmentPair(pair.QueryStart + first, Math.Min(7, pair.Queries - first), pair.KeyStart, pair.Keys, pair.Past + first),
            ];
            Same.Bits(expected, Sums(Two, problem, pieces));
            var alone = expected.Length - 300 * sizes.Heads * Entries;
            Same.Bits(expected.AsSpan(alone), Sums(Two, problem, [Pairs[^1]]).AsSpan(alone));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4f)]
    public void What_relations_add_to_the_gradients_of_weights_is_that_of_the_equation(float dropout)
    {
        foreach (var sizes in Sizes)
        {
            // The rows of two pairs of a backward must not overlap.
            using var problem = new AttentionCase(sizes, Self(70, 1, 20));
            var random = new Random(3);
            var added = Room(problem);
            for (nint i = 0; i < added.Length; i++) added[i] = 2 * random.NextSingle() - 1;
            // Whoever adds to values has added to the output too: D = ⟨do, o⟩ must know of it. Adding zero rows leaves the output, so it is set by hand.
            var sums = Room(problem);
            problem.Forward(Two, Rule(dropout));
            Attention.CollectWeights(Two, problem.Inputs, problem.Pairs, sizes, Collecting(dropout, sums, sizes), problem.Outputs);
            AddToOutputs(problem, sums, added);
            var rule = Rule(dropout) with { Values = new(new(-Clip, Entries)) { Table = added, Layout = Layout(sizes) } };
            problem.Backward(Two, rule);
            var expected = problem.BlankGradients(1, accumulate: true);
            AttentionReference.Backward(problem.Inputs, problem.Pairs, sizes, rule, expected);
            Same.Values(expected.Queries.Data.Span, problem.Gradients.Queries.Data.Span, 5e-5f);
            Same.Values(expected.Keys.Data.Span, problem.Gradients.Keys.Data.Span, 5e-5f);
            Same.Values(expected.Values.Data.Span, problem.Gradients.Values.Data.Span, 5e-5f);
        }
    }

    [Fact]
    public void What_cannot_collect_is_refused()
    {
        using var problem = new AttentionCase(Sizes[0], Pairs);
        problem.Forward(Two, Rule(0));
        var none = Assert.Throws<ArgumentException>(() => Attention.CollectWeights(Two, problem.Inputs, problem.Pairs, Sizes[0], Rule(0), problem.Outputs));
        Assert.Contains("no values that collect weights", none.Message, StringComparison.Ordinal);
        var blind = Assert.Throws<ArgumentException>(() => Attention.CollectWeights(
            Two, problem.Inputs, problem.Pairs, Sizes[0], Collecting(0, Room(problem), Sizes[0]), problem.Outputs with { LogSumExp = default }));
        Assert.Contains("LogSumExp", blind.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Distances_may_be_those_of_a_tree()
    {
        var distances = new KeyDistances([new[,] { { 0, 5, -5 }, { 1, 0, 2 }, { -9, 9, 0 } }, new[,] { { 0 } }]);
        var relation = new Relation(-Clip, Entries) { Distances = distances };
        Assert.Equal([Clip, Entries - 1, 0, Clip + 1, Clip, Clip + 2, 0, Entries - 1, Clip],
            from query in Enumerable.Range(0, 3) from key in Enumerable.Range(0, 3) select relation.Of(new(0, 0, query, query), key));
        Assert.Equal(Clip, relation.Of(new(1, 0, 3, 0), 0));
        Assert.Throws<ArgumentException>(() => new KeyDistances([new int[2, 3]]));
    }

    [Theory]
    [InlineData(1, "0.00390625")]
    [InlineData(3, "0.0625 0.00390625 0.25")]
    [InlineData(8, "0.5 0.25 0.125 0.0625 0.03125 0.015625 0.0078125 0.00390625")]
    [InlineData(12, "0.5 0.25 0.125 0.0625 0.03125 0.015625 0.0078125 0.00390625 0.70710677 0.35355338 0.17677669 0.088388346")]
    public void Slopes_of_any_number_of_heads_are_the_published_ones(int heads, string slopes)
        => Assert.Equal(slopes, string.Join(' ', Enumerable.Range(0, heads)
            .Select(head => AlibiBias.Slope(head, heads).ToString("R", System.Globalization.CultureInfo.InvariantCulture))));

    static float[] Sums(Workers workers, AttentionCase problem, SegmentPair[] pairs)
    {
        var sums = Room(problem);
        Attention.CollectWeights(workers, problem.Inputs, pairs, problem.Sizes, Collecting(0, sums, problem.Sizes), problem.Outputs);
        return sums.Span.ToArray();
    }

    static void AddToOutputs(AttentionCase problem, Floats sums, Floats added)
    {
        // o += W·A with an A for which do·Aᵀ = added: only ⟨do, o⟩ counts, so that much is put into the direction of do.
        var (output, gradient) = (problem.Outputs.Output, problem.OutputGradient);
        for (nint row = 0; row < problem.Queries; row++)
            for (var head = 0; head < problem.Sizes.Heads; head++)
            {
                double wanted = 0, length = 0;
                var at = (row * problem.Sizes.Heads + head) * Entries;
                for (var r = 0; r < Entries; r++) wanted += (double)sums[at + r] * added[at + r];
                Span<float> y = output.Data.Slice(row * output.Stride + head * problem.Sizes.ValueWidth, problem.Sizes.ValueWidth).Span;
                ReadOnlySpan<float> dy = gradient.Data.Slice(row * gradient.Stride + head * problem.Sizes.ValueWidth, problem.Sizes.ValueWidth).Span;
                foreach (var value in dy) length += (double)value * value;
                for (var c = 0; c < y.Length; c++) y[c] += (float)(wanted * dy[c] / length);
            }
    }

    static Floats Room(AttentionCase problem) => problem.Take(problem.Queries * problem.Sizes.Heads * Entries);

    static RelativeLayout Layout(AttentionSizes sizes) => new(0, sizes.Heads * Entries, Entries);

    static AttentionRule<CausalMask, NoBias> Rule(float dropout) => new(default, default, new(dropout, 77));

    static AttentionRule<CausalMask, NoBias> Collecting(float dropout, Floats sums, AttentionSizes sizes)
        => Rule(dropout) with { Values = new(new(-Clip, Entries)) { Gradients = sums, GradientLayout = Layout(sizes) } };
}

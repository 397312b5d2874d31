using Heed.Kernels;
using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>The ends of what attention takes: nothing visible, great logits, dropout, gradients by differences, and what it refuses.</summary>
public sealed class AttentionEdgeTests
{
    static readonly Workers Two = new(2);

    [Fact]
    public void A_query_that_sees_no_key_gets_zeros_and_gives_and_gets_gradients_of_zero()
    {
        using var problem = new AttentionCase(Shape(2, 16), Self(70));
        var rule = Rule(new EvenQueries());
        problem.Outputs.Output.Data.Span.Fill(float.NaN);
        problem.Gradients.Queries.Data.Span.Fill(float.NaN);
        problem.Forward(Two, rule);
        problem.Backward(Two, rule);
        for (var i = 1; i < 70; i += 2)
        {
            Assert.All(Row(problem.Outputs.Output, i, 32), value => Assert.Equal(0, BitConverter.SingleToInt32Bits(value)));
            Assert.All(Row(problem.Gradients.Queries, i, 32), value => Assert.Equal(0, BitConverter.SingleToInt32Bits(value)));
            Assert.Equal(float.NegativeInfinity, problem.Outputs.LogSumExp[2 * i]);
        }
        Assert.All(Row(problem.Gradients.Keys, 20, 32), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Pairs_without_keys_or_without_queries_give_zeros_where_there_is_something_to_give()
    {
        using var problem = new AttentionCase(Shape(2, 16), Cross((3, 0), (0, 5), (2, 2)));
        problem.Outputs.Output.Data.Span.Fill(7);
        problem.Gradients.Keys.Data.Span.Fill(7);
        problem.Forward(Two, Rule(new FullMask()));
        problem.Backward(Two, Rule(new FullMask()));
        Assert.All(Row(problem.Outputs.Output, 1, 32), value => Assert.Equal(0, value));
        Assert.All(Row(problem.Gradients.Queries, 2, 32), value => Assert.Equal(0, value));
        Assert.All(Row(problem.Gradients.Keys, 4, 32), value => Assert.Equal(0, value));
        Assert.Contains(Row(problem.Gradients.Keys, 5, 32), value => value != 0);
        problem.Pairs = [];
        problem.Forward(Two, Rule(new FullMask()));
        problem.Backward(Two, Rule(new FullMask()));
    }

    [Fact]
    public void One_visible_key_gives_its_value_itself()
    {
        using var problem = new AttentionCase(Shape(2, 16), Self(50));
        problem.Forward(Two, Rule(new WindowMask(0, 0)));
        for (var i = 0; i < 50; i++) Assert.Equal(Row(problem.Inputs.Values, i, 32), Row(problem.Outputs.Output, i, 32));
    }

    [Theory]
    [InlineData(100f)]
    [InlineData(1e4f)]
    [InlineData(1e15f)]
    public void Great_logits_give_finite_results(float magnitude)
    {
        using var problem = new AttentionCase(Shape(2, 16), Self(200), magnitude: MathF.Sqrt(magnitude));
        var rule = Rule(new CausalMask());
        problem.Forward(Two, rule);
        problem.Backward(Two, rule);
        Assert.All(problem.Results(), value => Assert.True(float.IsFinite(value)));
        var expected = problem.Blank(1);
        AttentionReference.Forward(problem.Inputs, problem.Pairs, problem.Sizes, rule, expected.Output);
        if (magnitude <= 1e4f) Same.Values(expected.Output.Data.Span, problem.Outputs.Output.Data.Span, 1e-6f * magnitude);
    }

    [Fact]
    public void Weights_far_below_the_greatest_vanish_without_a_trace()
    {
        using var problem = new AttentionCase(Shape(1, 16), Cross((1, 3)), slack: 0);
        problem.Inputs.Queries.Data.Span.Fill(10);
        for (var j = 0; j < 3; j++) problem.Inputs.Keys.Data.Slice(j * 16, 16).Span.Fill(j == 1 ? 10 : -10);
        problem.Forward(Two, Rule(new FullMask()));
        Same.Bits(problem.Inputs.Values.Data.Slice(16, 16).Span, problem.Outputs.Output.Data.Slice(0, 16).Span);
        Assert.Equal(400f, problem.Outputs.LogSumExp[0]);
    }

    [Fact]
    public void NaN_in_gives_NaN_out_where_it_is_seen()
    {
        using var problem = new AttentionCase(Shape(1, 16), Self(40));
        problem.Inputs.Queries.Data[5 * problem.Inputs.Queries.Stride] = float.NaN;
        problem.Forward(Two, Rule(new CausalMask()));
        Assert.All(Row(problem.Outputs.Output, 5, 16), value => Assert.True(float.IsNaN(value)));
        Assert.All(Row(problem.Outputs.Output, 6, 16), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_bias_of_minus_infinity_hides_its_key()
    {
        using var problem = new AttentionCase(Shape(1, 16), Self(100));
        var hidden = new AttentionRule<FullMask, HideLater>(default, default, default);
        problem.Forward(Two, hidden);
        problem.Backward(Two, hidden);
        var biased = problem.Results();
        Assert.All(biased, value => Assert.False(float.IsNaN(value)));
        problem.Forward(Two, Rule(new CausalMask(Strict: true)));
        problem.Backward(Two, Rule(new CausalMask(Strict: true)));
        Same.Bits(problem.Results(), biased);
    }

    [Fact]
    public void Dropout_drops_at_its_rate_and_keeps_the_mean()
    {
        const float rate = 0.3f;
        using var problem = new AttentionCase(Shape(4, 16), Self(400));
        problem.Inputs.Queries.Data.Clear();
        problem.Inputs.Values.Data.Span.Fill(1);
        problem.Forward(Two, Rule(new FullMask(), new AttentionDropout(rate, 3)));
        // Equal weights of equal values: an output is the share of keys kept, scaled.
        var outputs = Enumerable.Range(0, 400).SelectMany(i => Row(problem.Outputs.Output, i, 64).Where((_, c) => c % 16 == 0)).ToArray();
        Assert.InRange(outputs.Average(), 0.998, 1.002);
        var spread = Math.Sqrt(outputs.Average(value => (value - 1) * (value - 1)));
        var expected = Math.Sqrt(rate / (1 - rate) / 400);
        Assert.InRange(spread, 0.9 * expected, 1.1 * expected);
        var dropout = new AttentionDropout(rate, 3);
        var kept = Enumerable.Range(0, 200_000).Count(i => dropout.Keeps(new QueryPlace(i % 7, i % 5, 0, i / 35), i % 113));
        Assert.InRange(kept / 200_000.0, 0.7 - 0.004, 0.7 + 0.004);
    }

    [Fact]
    public void Dropout_of_another_seed_head_pair_or_position_is_another()
    {
        AttentionDropout dropout = new(0.5f, 1), other = new(0.5f, 2);
        QueryPlace place = new(3, 2, 0, 9);
        var decisions = new[] { place, place with { Head = 1 }, place with { Pair = 4 }, place with { Position = 10 }, place with { Position = 8 } }
            .Select(query => Decisions(dropout, query)).Append(Decisions(other, place)).ToArray();
        Assert.Equal(decisions.Length, decisions.Distinct().Count());
        Assert.Equal(Decisions(dropout, place), Decisions(dropout, place with { Row = 77 }));

        static string Decisions(AttentionDropout dropout, QueryPlace query)
            => string.Concat(Enumerable.Range(0, 64).Select(key => dropout.Keeps(query, key) ? '1' : '0'));
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        using var problem = new AttentionCase(Shape(2, 8, 1, 5), Self(6, 21));
        var rule = Rule(new CausalMask(), new AttentionDropout(0.2f, 8));
        problem.Forward(Two, rule);
        problem.Backward(Two, rule);
        Slope(problem, rule, problem.Inputs.Queries, problem.Gradients.Queries, 16);
        Slope(problem, rule, problem.Inputs.Keys, problem.Gradients.Keys, 8);
        Slope(problem, rule, problem.Inputs.Values, problem.Gradients.Values, 5);
    }

    static void Slope(AttentionCase problem, AttentionRule<CausalMask, NoBias> rule, StridedRows input, StridedRows gradient, int width)
    {
        for (var r = 0; r < 27; r += 2)
        {
            for (var c = 0; c < width; c += 3)
            {
                ref var x = ref input.Data[r * input.Stride + c];
                var old = x;
                const float step = 1f / 64;
                x = old + step;
                var up = Loss(problem, rule);
                x = old - step;
                var down = Loss(problem, rule);
                x = old;
                Assert.Equal((up - down) / (2 * step), gradient.Data[r * gradient.Stride + c], 3e-4);
            }
        }
    }

    static double Loss(AttentionCase problem, AttentionRule<CausalMask, NoBias> rule)
    {
        problem.Forward(Two, rule);
        var loss = 0.0;
        for (var r = 0; r < 27; r++)
            for (var c = 0; c < 10; c++) loss += (double)problem.Outputs.Output.Data[r * problem.Outputs.Output.Stride + c] * problem.OutputGradient.Data[r * problem.OutputGradient.Stride + c];
        return loss;
    }

    [Fact]
    public void Gradients_are_overwritten_or_added_to_as_asked_and_nothing_else_is_touched()
    {
        using var problem = new AttentionCase(Shape(2, 20, 1), [new(1, 30, 2, 70, 40)]);
        var rule = Rule(new CausalMask());
        problem.Forward(Two, rule);
        problem.Backward(Two, rule);
        var sum = problem.BlankGradients(1, accumulate: true);
        foreach (var rows in new[] { sum.Queries, sum.Keys, sum.Values, problem.Gradients.Queries, problem.Gradients.Keys, problem.Gradients.Values }) rows.Data.Span.Fill(3);
        problem.Backward(Two, rule);
        Attention.Backward(Two, problem.Inputs, problem.Pairs, problem.Sizes, rule, problem.Outputs, sum);
        Check(problem.Gradients.Queries, sum.Queries, 40, 1, 31);
        Check(problem.Gradients.Keys, sum.Keys, 20, 2, 72);
        Check(problem.Gradients.Values, sum.Values, 20, 2, 72);

        static void Check(StridedRows set, StridedRows added, int width, int first, int end)
        {
            for (nint i = 0; i < set.Data.Length; i++)
            {
                var inside = i % set.Stride < width && i / set.Stride >= first && i / set.Stride < end;
                if (!inside) Assert.Equal((3f, 3f), (set.Data[i], added.Data[i]));
                else Assert.Equal(3 + set.Data[i], added.Data[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void What_is_impossible_is_refused_in_a_sentence()
    {
        using var problem = new AttentionCase(Shape(4, 16, 2), Self(10, 10));
        Refused("must divide", () => Run(problem, problem.Sizes with { KeyHeads = 3 }, problem.Pairs));
        Refused("at least 1", () => Run(problem, problem.Sizes with { Width = 0 }, problem.Pairs));
        Refused("may share one", () => Run(problem, problem.Sizes with { Heads = 2048, KeyHeads = 1 }, problem.Pairs));
        Refused("30 rows of queries", () => Run(problem, problem.Sizes, [new(10, 20, 0, 10, 0)]));
        Refused("a row has 128", () => Run(problem, problem.Sizes with { Width = 32 }, problem.Pairs));
        Refused("negative", () => Run(problem, problem.Sizes, [new(0, 5, 0, -1, 0)]));
        Refused("share row 5", () => Run(problem, problem.Sizes, [new(5, 10, 0, 10, 0), new(0, 6, 10, 10, 0)]));
        Refused("share row 9 of the keys", () =>
        {
            problem.Pairs = [new(0, 10, 0, 10, 0), new(10, 10, 9, 10, 0)];
            problem.Backward(Two, Rule(new FullMask()));
        });
        Refused("below 1", () => _ = new AttentionDropout(1f, 0));
        Refused("below 1", () => _ = new AttentionDropout(float.NaN, 0));

        static void Run(AttentionCase problem, AttentionSizes sizes, SegmentPair[] pairs)
            => Attention.Forward(Two, problem.Inputs, pairs, sizes, Rule(new FullMask()), problem.Outputs);

        static void Refused(string part, Action action)
        {
            var thrown = Assert.ThrowsAny<ArgumentException>(action);
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mask_that_names_keys_beyond_those_asked_about_reads_none_of_them()
    {
        using AttentionCase wide = new(Shape(2, 16), Self(70)), full = new(Shape(2, 16), Self(70));
        wide.Forward(Two, Rule(new Boundless()));
        full.Forward(Two, Rule(new FullMask()));
        for (var row = 0; row < 70; row++) Assert.Equal(Row(full.Outputs.Output, row, 32), Row(wide.Outputs.Output, row, 32));
    }

    readonly record struct Boundless : IMask
    {
        public KeyRange Next(in QueryPlace query, int from, int keys) => from >= keys ? KeyRange.None : new(0, int.MaxValue);
    }

    static float[] Row(StridedRows rows, int row, int width) => rows.Data.Slice(row * rows.Stride, width).Span.ToArray();

    readonly record struct EvenQueries : IMask
    {
        public KeyRange Next(in QueryPlace query, int from, int keys) => query.Position % 2 == 0 ? new(from, Math.Min(30, keys)) : KeyRange.None;
    }

    readonly record struct HideLater : IScoreBias
    {
        public static bool IsNone => false;

        public void Add(in QueryPlace query, int firstKey, Span<float> scores)
        {
            for (var j = 0; j < scores.Length; j++) if (firstKey + j >= query.Position) scores[j] = float.NegativeInfinity;
        }

        public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
        {
            for (var j = 0; j < gradients.Length; j++) if (firstKey + j >= query.Position) Assert.Equal(0, gradients[j]);
        }
    }
}

using Heed.Kernels;
using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>The tiled kernel against the equation.</summary>
public sealed class AttentionReferenceTests
{
    static readonly Workers Two = new(2);

    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1 }, { 2, 1, 16, 16 }, { 4, 4, 32, 32 }, { 8, 2, 64, 64 }, { 3, 3, 7, 19 }, { 6, 2, 20, 48 }, { 4, 1, 80, 33 }, { 1, 1, 128, 96 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_and_backward_agree_with_the_equation_for_every_mask(int heads, int keyHeads, int width, int valueWidth)
    {
        var sizes = Shape(heads, width, keyHeads, valueWidth);
        var pairs = Self(1, 5, 0, 17, 64, 65, 130);
        Check(sizes, pairs, Rule(new FullMask()));
        Check(sizes, pairs, Rule(new CausalMask()));
        Check(sizes, pairs, Rule(new CausalMask(Strict: true)));
        Check(sizes, pairs, Rule(new WindowMask(9, 4)));
        Check(sizes, pairs, Rule(new WindowMask(-70, 100)));
        Check(sizes, pairs, Rule(new PrefixMask(6)));
        Check(sizes, pairs, Rule(new BlockMask(12)));
        Check(sizes, pairs, Rule(new BothMask<BlockMask, CausalMask>(new(40), new())));
        Check(sizes, pairs, Rule(new Holes()));
        Check(sizes, pairs, Rule(new CausalMask(), new AttentionDropout(0.3f, 99)));
    }

    [Fact]
    public void Cross_attention_with_more_or_fewer_keys_than_queries_agrees_with_the_equation()
    {
        var pairs = Cross((3, 200), (70, 2), (1, 1), (4, 0), (0, 6), (200, 90));
        Check(Shape(4, 32, 2), pairs, Rule(new FullMask()));
        Check(Shape(4, 32, 2), pairs, Rule(new CausalMask()));
        Check(Shape(4, 24, 1), pairs, Rule(new FullMask(), new AttentionDropout(0.1f, 5)));
    }

    [Fact]
    public void Queries_behind_a_past_agree_with_the_equation()
    {
        SegmentPair[] pairs = [new(0, 1, 0, 90, 89), new(1, 5, 90, 70, 65), new(6, 40, 160, 100, 30)];
        Check(Shape(4, 32), pairs, Rule(new CausalMask()));
        Check(Shape(4, 32), pairs, Rule(new WindowMask(20, 0)));
    }

    [Fact]
    public void Long_segments_of_many_blocks_agree_with_the_equation()
    {
        Check(Shape(2, 16, 1), Self(700), Rule(new CausalMask()));
        Check(Shape(1, 16), Self(500, 450), Rule(new WindowMask(100, 100), new AttentionDropout(0.2f, 1)));
    }

    [Fact]
    public void Alibi_agrees_with_the_equation()
    {
        using var memory = new FloatMemory(4);
        for (var head = 0; head < 4; head++) memory.Floats[head] = AlibiBias.Slope(head, 4);
        Assert.Equal([0.25f, 0.0625f, 0.015625f, 0.00390625f], memory.Floats.Span.ToArray());
        Check(Shape(4, 16), Self(30, 100, 7), new AttentionRule<CausalMask, AlibiBias>(default, new(memory.Floats), default));
    }

    [Fact]
    public void Relative_keys_with_a_table_for_each_row_agree_with_the_equation_and_so_do_their_gradients()
    {
        const int distance = 5, entries = 2 * distance + 1, heads = 2;
        var pairs = Self(20, 90, 1);
        nint rows = 111;
        RelativeLayout layout = new(0, entries * heads, entries);
        CheckRelative(Shape(heads, 16), pairs, new RelativeBias(new(-distance, entries)) { Layout = layout, GradientLayout = layout }, rows * heads * entries);
    }

    [Fact]
    public void Bucketed_distances_agree_with_the_equation_and_so_do_their_gradients()
    {
        int[] buckets = [0, 0, 1, 1, 2, 3, 4, 5, 6, 6, 7];
        RelativeLayout layout = new(0, 0, 8), apart = new(8 * 4, 0, 8);
        CheckRelative(Shape(4, 16, 2), Self(20, 90, 1), new RelativeBias(new(-5, buckets.Length) { Buckets = buckets, Numbers = 8 }) { Layout = layout, GradientLayout = apart }, 3 * 4 * 8);
    }

    static void CheckRelative(AttentionSizes sizes, SegmentPair[] pairs, RelativeBias bias, nint length)
    {
        using var problem = new AttentionCase(sizes, pairs);
        var random = new Random(5);
        Floats table = problem.Take(length), fast = problem.Take(length), slow = problem.Take(length);
        for (nint i = 0; i < length; i++) table[i] = (float)random.NextDouble() * 2 - 1;
        bias = bias with { Table = table };
        Check(problem, new AttentionRule<CausalMask, RelativeBias>(default, bias with { Gradients = fast }, default),
            new AttentionRule<CausalMask, RelativeBias>(default, bias with { Gradients = slow }, default));
        Assert.Contains(slow.Span.ToArray(), gradient => gradient != 0);
        Same.Values(slow.Span, fast.Span, 2e-5f);
    }

    static void Check<TMask, TBias>(AttentionSizes sizes, SegmentPair[] pairs, AttentionRule<TMask, TBias> rule)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        using var problem = new AttentionCase(sizes, pairs);
        Check(problem, rule, rule);
    }

    static void Check<TMask, TBias>(AttentionCase problem, AttentionRule<TMask, TBias> fast, AttentionRule<TMask, TBias> slow)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        problem.Forward(Two, fast);
        problem.Backward(Two, fast);
        var output = problem.Blank(1);
        var gradients = problem.BlankGradients(1, accumulate: true);
        AttentionReference.Forward(problem.Inputs, problem.Pairs, problem.Sizes, slow, output.Output);
        AttentionReference.Backward(problem.Inputs, problem.Pairs, problem.Sizes, slow, gradients);
        Same.Values(output.Output.Data.Span, problem.Outputs.Output.Data.Span, 5e-6f);
        Same.Values(gradients.Queries.Data.Span, problem.Gradients.Queries.Data.Span, 2e-5f);
        Same.Values(gradients.Keys.Data.Span, problem.Gradients.Keys.Data.Span, 2e-5f);
        Same.Values(gradients.Values.Data.Span, problem.Gradients.Values.Data.Span, 2e-5f);
    }

    /// <summary>Every third run of five keys is hidden, beginning at another key for each query: many ranges in one tile.</summary>
    readonly record struct Holes : IMask
    {
        public KeyRange Next(in QueryPlace query, int from, int keys)
        {
            while (from < keys && Hidden(query, from)) from++;
            var end = from;
            while (end < keys && !Hidden(query, end)) end++;
            return new(from, end);
        }

        static bool Hidden(in QueryPlace query, int key) => (key + query.Position) / 5 % 3 == 0;
    }
}

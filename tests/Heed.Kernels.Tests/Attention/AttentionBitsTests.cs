using Heed.Kernels;
using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>What a query gets depends on the query and the keys it sees alone: compared byte by byte.</summary>
public sealed class AttentionBitsTests
{
    static readonly Workers One = new(1), Two = new(2), Five = new(5);

    static readonly AttentionRule<CausalMask, NoBias> Causal = Rule(new CausalMask());

    public static TheoryData<int, int, int, int> Shapes => new() { { 4, 4, 32, 32 }, { 4, 2, 64, 64 }, { 3, 1, 20, 36 }, { 2, 2, 7, 80 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_two_and_five_threads_give_the_same_bits(int heads, int keyHeads, int width, int valueWidth)
    {
        using var problem = new AttentionCase(Shape(heads, width, keyHeads, valueWidth), Self(300, 1, 0, 40, 64, 500, 17));
        var rule = Rule(new WindowMask(150, 30), new AttentionDropout(0.25f, 7));
        var results = new[] { One, Two, Five }.Select(workers =>
        {
            problem.Forward(workers, rule);
            problem.Backward(workers, rule);
            return problem.Results();
        }).ToArray();
        Same.Bits(results[0], results[1]);
        Same.Bits(results[0], results[2]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_segment_gives_the_same_bits_alone_and_in_any_batch(int heads, int keyHeads, int width, int valueWidth)
    {
        SegmentPair[] pairs = [.. Self(33, 5, 200, 64, 1, 130)];
        using var problem = new AttentionCase(Shape(heads, width, keyHeads, valueWidth), pairs);
        problem.Forward(Two, Causal);
        problem.Backward(Two, Causal);
        var together = problem.Results();
        foreach (var pair in pairs.Reverse())
        {
            problem.Pairs = [pair];
            problem.Forward(One, Causal);
            problem.Backward(One, Causal);
        }
        Same.Bits(together, problem.Results());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Decoding_one_by_one_or_some_at_a_time_gives_the_same_bits_as_one_full_pass(int heads, int keyHeads, int width, int valueWidth)
    {
        const int length = 260;
        using var problem = new AttentionCase(Shape(heads, width, keyHeads, valueWidth), Self(length));
        problem.Forward(Two, Causal);
        var full = problem.Results();
        foreach (var step in new[] { 1, 3, 7, 100 })
        {
            problem.Outputs.Output.Data.Clear();
            for (var past = 0; past < length; past += step)
            {
                var count = Math.Min(step, length - past);
                problem.Pairs = [new SegmentPair(past, count, 0, past + count, past)];
                problem.Forward(One, Causal);
            }
            Same.Bits(full, problem.Results());
        }
    }

    [Fact]
    public void Decoding_under_a_window_gives_the_same_bits_when_older_keys_are_hidden_by_the_mask()
    {
        var rule = Rule(new BothMask<CausalMask, WindowMask>(new(), new(70, 0)));
        using var problem = new AttentionCase(Shape(2, 32), Self(300));
        problem.Forward(Two, rule);
        var full = problem.Results();
        problem.Outputs.Output.Data.Clear();
        for (var i = 0; i < 300; i++)
        {
            problem.Pairs = [new SegmentPair(i, 1, 0, i + 1, i)];
            problem.Forward(One, rule);
        }
        Same.Bits(full, problem.Results());
    }

    [Fact]
    public void Keys_that_nobody_sees_change_no_bit()
    {
        using var problem = new AttentionCase(Shape(2, 16), Cross((50, 40)));
        problem.Forward(One, Rule(new FullMask()));
        using var more = new AttentionCase(problem.Sizes, Cross((50, 400)), seed: 2);
        problem.Inputs.Queries.Data.CopyTo(more.Inputs.Queries.Data);
        problem.Inputs.Keys.Data.CopyTo(more.Inputs.Keys.Data);
        problem.Inputs.Values.Data.CopyTo(more.Inputs.Values.Data);
        more.Forward(One, Rule(new Upto(40)));
        Same.Bits(problem.Outputs.Output.Data.Span, more.Outputs.Output.Data.Span);
        Same.Bits(problem.Outputs.LogSumExp.Span, more.Outputs.LogSumExp.Span);
    }

    [Fact]
    public void The_stride_of_rows_changes_no_bit()
    {
        using var wide = new AttentionCase(Shape(4, 24), Self(70, 9), slack: 0);
        using var other = new AttentionCase(Shape(4, 24), Self(70, 9), slack: 50);
        Copy(wide.Inputs.Queries, other.Inputs.Queries, 79, 96);
        Copy(wide.Inputs.Keys, other.Inputs.Keys, 79, 96);
        Copy(wide.Inputs.Values, other.Inputs.Values, 79, 96);
        Copy(wide.OutputGradient, other.OutputGradient, 79, 96);
        foreach (var problem in new[] { wide, other })
        {
            problem.Forward(Two, Causal);
            problem.Backward(Two, Causal);
        }
        Same.Bits(wide.Results(), other.Results());
    }

    /// <summary>The number is the same on every machine; <see cref="OtherInstructionsTests"/> holds it against other registers.</summary>
    [Fact]
    public void A_known_problem_gives_the_bits_it_gives_on_every_machine()
    {
        using var problem = new AttentionCase(Shape(4, 40, 2, 24), Self(150, 3, 64, 31), seed: 11);
        var rule = Rule(new WindowMask(100, 3), new AttentionDropout(0.1f, 12345));
        problem.Forward(Two, rule);
        problem.Backward(Two, rule);
        var hash = 14695981039346656037ul;
        foreach (var value in problem.Results()) hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211ul;
        Assert.Equal(9313748073779238609ul, hash);
    }

    static void Copy(StridedRows from, StridedRows to, int rows, int width)
    {
        for (nint r = 0; r < rows; r++) from.Data.Slice(r * from.Stride, width).CopyTo(to.Data.Slice(r * to.Stride, width));
    }

    readonly record struct Upto(int End) : IMask
    {
        public KeyRange Next(in QueryPlace query, int from, int keys) => new(from, Math.Min(End, keys));
    }
}

using Heed.Tests.Support;
using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>Attention of any sizes, masks, biases and batches: what a sequence gets and gives depends on it alone, and is what the equation says.</summary>
public sealed class AttentionPropertyTests
{
    static readonly Workers One = new(1), Two = new(2), Five = new(5);

    [Fact]
    public void Threads_change_no_bit() => Check(100, new ThreadsCheck());

    [Fact]
    public void Alone_and_in_any_batch_a_sequence_has_the_same_bits() => Check(100, new BatchCheck());

    [Fact]
    public void Queries_asked_in_any_pieces_have_the_same_bits() => Check(100, new PiecesCheck());

    [Fact]
    public void The_kernel_is_the_equation() => Check(100, new EquationCheck());

    /// <summary>A number for all bits of all results: other processes hold theirs against it.</summary>
    [Fact]
    public void Computed_twice_the_bits_are_the_same()
    {
        HashCheck first = new(One), second = new(Two);
        Check(20, first);
        Check(20, second);
        Assert.Equal(first.Hash, second.Hash);
        OtherInstructions.Tell($"attention {first.Hash}");
    }

    internal static string Known()
    {
        var check = new HashCheck(One);
        Check(20, check);
        return $"attention {check.Hash}";
    }

    [Fact]
    public void Every_mask_and_bias_of_the_kernels_is_drawn()
    {
        var drawn = new Drawings();
        Check(200, drawn);
        Assert.Empty(Kinds(typeof(IMask)).Except(drawn.Masks));
        Assert.Empty(Kinds(typeof(IScoreBias)).Except(drawn.Biases));
    }

    static void Check(int count, IAttentionCheck check) => Drawn.Each(count, AttentionDraw.Any, AttentionDraw.Smaller, draw => draw.Use(check));

    static IEnumerable<Type> Kinds(Type seam) => typeof(IMask).Assembly.GetTypes().Where(type => type.IsValueType && seam.IsAssignableFrom(type));

    /// <summary>Output, log-sum-exp and all gradients of each of some stretches, computed in one batch.</summary>
    static float[][] Compute<TMask, TBias>(Workers workers, AttentionDraw draw, int[] numbers, AttentionRule<TMask, TBias> rule, int slack)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        using var problem = Problem(draw, numbers, slack);
        problem.Forward(workers, rule);
        problem.Backward(workers, rule);
        return [.. problem.Pairs.Select(pair => PartOf(problem, pair))];
    }

    static float[] PartOf(AttentionCase problem, SegmentPair pair) =>
    [
        .. Rows(problem.Outputs.Output, pair.QueryStart, pair.Queries, problem.Sizes.Heads * problem.Sizes.ValueWidth),
        .. problem.Outputs.LogSumExp.Slice(pair.QueryStart * problem.Sizes.Heads, pair.Queries * problem.Sizes.Heads).Span,
        .. Rows(problem.Gradients.Queries, pair.QueryStart, pair.Queries, problem.Sizes.Heads * problem.Sizes.Width),
        .. Rows(problem.Gradients.Keys, pair.KeyStart, pair.Keys, problem.Sizes.KeyHeads * problem.Sizes.Width),
        .. Rows(problem.Gradients.Values, pair.KeyStart, pair.Keys, problem.Sizes.KeyHeads * problem.Sizes.ValueWidth),
    ];

    static float[] Rows(StridedRows rows, nint start, int count, int width)
        => [.. Enumerable.Range(0, count).SelectMany(i => rows.Data.Slice((start + i) * rows.Stride, width).Span.ToArray())];

    static AttentionCase Problem(AttentionDraw draw, int[] numbers, int slack)
    {
        var problem = new AttentionCase(draw.Sizes, draw.Lay(numbers), slack: slack, magnitude: draw.Magnitude);
        foreach (var (pair, number) in problem.Pairs.Zip(numbers))
        {
            var random = new Random(number);
            Fill(random, problem.Inputs.Queries, pair.QueryStart, pair.Queries, draw.Magnitude);
            Fill(random, problem.Inputs.Keys, pair.KeyStart, pair.Keys, draw.Magnitude);
            Fill(random, problem.Inputs.Values, pair.KeyStart, pair.Keys, 1);
            Fill(random, problem.OutputGradient, pair.QueryStart, pair.Queries, 1);
        }
        return problem;

        // The slack behind a row is nobody's, so it must not move the numbers of the next.
        void Fill(Random random, StridedRows rows, nint start, int count, float magnitude)
        {
            for (var i = start; i < start + count; i++)
                for (nint j = 0; j < rows.Stride - slack; j++) rows.Data[i * rows.Stride + j] = magnitude * (2 * random.NextSingle() - 1);
        }
    }

    static int[] All(AttentionDraw draw) => [.. Enumerable.Range(0, draw.Stretches.Length)];

    // One dropout for each rate: its decisions hang on the number of the pair, which another batch changes.
    static AttentionRule<TMask, TBias> RuleOf<TMask, TBias>(TMask mask, TBias bias, float dropout) where TMask : struct, IMask where TBias : struct, IScoreBias
        => new(mask, bias, new AttentionDropout(dropout, 99));

    sealed class ThreadsCheck : IAttentionCheck
    {
        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            var rule = RuleOf(mask, bias, draw.Dropout);
            var expected = Compute(One, draw, All(draw), rule, slack: 3);
            foreach (var workers in (Workers[])[Two, Five])
                foreach (var (one, many) in expected.Zip(Compute(workers, draw, All(draw), rule, slack: 0))) Same.Bits(one, many);
        }
    }

    sealed class BatchCheck : IAttentionCheck
    {
        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            var rule = RuleOf(mask, bias, dropout: 0);
            var together = Compute(Two, draw, All(draw), rule, slack: 3);
            int[][] others = [[.. All(draw).Reverse()], [.. All(draw).Where(i => i % 2 == 1)], .. All(draw).Select(i => (int[])[i])];
            foreach (var numbers in others)
                foreach (var (number, part) in numbers.Zip(Compute(Two, draw, numbers, rule, slack: 0))) Same.Bits(together[number], part);
        }
    }

    sealed class PiecesCheck : IAttentionCheck
    {
        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            var rule = RuleOf(mask, bias, dropout: 0);
            using AttentionCase whole = Problem(draw, All(draw), 3), pieces = Problem(draw, All(draw), 3);
            whole.Forward(Two, rule);
            foreach (var step in (int[])[1, 5, 64])
            {
                pieces.Outputs.Output.Data.Clear();
                pieces.Pairs =
                [
                    .. from pair in whole.Pairs
                       from first in Enumerable.Range(0, pair.Queries).Where(i => i % step == 0)
                       select new SegmentPair(pair.QueryStart + first, Math.Min(step, pair.Queries - first), pair.KeyStart, pair.Keys, pair.Past + first),
                ];
                pieces.Forward(Two, rule);
                Same.Bits(whole.Outputs.Output.Data.Span, pieces.Outputs.Output.Data.Span);
                Same.Bits(whole.Outputs.LogSumExp.Span, pieces.Outputs.LogSumExp.Span);
            }
        }
    }

    sealed class EquationCheck : IAttentionCheck
    {
        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            var rule = RuleOf(mask, bias, draw.Dropout);
            using var problem = Problem(draw, All(draw), 3);
            problem.Forward(Two, rule);
            problem.Backward(Two, rule);
            var output = problem.Blank(1);
            var gradients = problem.BlankGradients(1, accumulate: true);
            AttentionReference.Forward(problem.Inputs, problem.Pairs, problem.Sizes, rule, output.Output);
            AttentionReference.Backward(problem.Inputs, problem.Pairs, problem.Sizes, rule, gradients);
            // A score is as exact as its size allows, and its rounding moves every weight.
            var tolerance = 3e-6f * (1 + draw.Magnitude * draw.Magnitude * MathF.Sqrt(draw.Sizes.Width));
            Same.Values(output.Output.Data.Span, problem.Outputs.Output.Data.Span, tolerance);
            foreach (var (expected, found) in (IEnumerable<(StridedRows, StridedRows)>)[(gradients.Queries, problem.Gradients.Queries),
                (gradients.Keys, problem.Gradients.Keys), (gradients.Values, problem.Gradients.Values)])
                Same.Values(expected.Data.Span, found.Data.Span, 4 * draw.Magnitude * tolerance);
        }
    }

    sealed class HashCheck(Workers workers) : IAttentionCheck
    {
        public ulong Hash { get; private set; } = 14695981039346656037;

        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            foreach (var value in Compute(workers, draw, All(draw), RuleOf(mask, bias, draw.Dropout), slack: 0).SelectMany(part => part))
                Hash = (Hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        }
    }

    sealed class Drawings : IAttentionCheck
    {
        public HashSet<Type> Masks { get; } = [];

        public HashSet<Type> Biases { get; } = [];

        public void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias
        {
            Masks.Add(typeof(TMask).IsGenericType ? typeof(TMask).GetGenericTypeDefinition() : typeof(TMask));
            Biases.Add(typeof(TBias));
        }
    }
}

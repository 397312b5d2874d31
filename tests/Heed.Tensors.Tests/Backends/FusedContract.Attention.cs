using Heed.Kernels;

namespace Heed.Tensors.Tests;

public abstract partial class FusedContract
{
    // One key tile and more, an empty sequence of queries and one of keys, one of a single row.
    static readonly SegmentPair[] Pairs = new Segments([3, 0, 1, 70, 2]).Against(new Segments([3, 4, 1, 150, 0]));
    static readonly AttentionSizes[] Heads = [new(1, 1, 1, 1, 1), new(4, 2, 16, 17, 0.25f), new(3, 1, 33, 5, 0.2f)];

    [Fact, Covers(nameof(Tensors.Backend.Attend))]
    public void Attend_is_its_reference() => ForEachAttention(
        (numbers, call) => Agrees(1e-5, run => Written(Answers(numbers, call), y => run.Attend(call, Outputs(numbers, call, y)))));

    [Fact, Covers(nameof(Tensors.Backend.AttendBack))]
    public void AttendBack_is_its_reference() => ForEachAttention((numbers, call) =>
    {
        var s = call.Sizes;
        Floats dy = numbers.Draw(76 * s.Heads * s.ValueWidth), dq = numbers.Draw(76 * s.Heads * s.Width);
        Floats dk = numbers.Draw(158 * s.KeyHeads * s.Width), dv = numbers.Draw(158 * s.KeyHeads * s.ValueWidth);
        foreach (var accumulate in (bool[])[true, false]) Agrees(1e-4, run =>
        {
            var outputs = Outputs(numbers, call, Answers(numbers, call));
            run.Attend(call, outputs);
            Floats q = numbers.Copy(dq), k = numbers.Copy(dk), v = numbers.Copy(dv);
            run.AttendBack(call, outputs, new(
                new(dy, s.Heads * s.ValueWidth), new(q, s.Heads * s.Width), new(k, s.KeyHeads * s.Width), new(v, s.KeyHeads * s.ValueWidth), accumulate));
            return [.. q.Span, .. k.Span, .. v.Span];
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.CollectWeights))]
    public void CollectWeights_is_its_reference() => ForEachAttention((numbers, call) =>
    {
        const int entries = 7;
        var s = call.Sizes;
        Agrees(1e-5, run =>
        {
            var outputs = Outputs(numbers, call, Answers(numbers, call));
            run.Attend(call, outputs);
            var sums = numbers.Room(76 * s.Heads * entries);
            sums.Clear();
            var values = new RelativeBias(new(-3, entries)) { Gradients = sums, GradientLayout = new(0, s.Heads * entries, entries) };
            run.CollectWeights(call with { Rule = call.Rule with { Values = values } }, outputs);
            return sums.Span.ToArray();
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.AttentionWeights))]
    public void Attention_weights_add_up_to_the_answer_of_Attend() => ForEachAttention((numbers, dropping) =>
    {
        var call = dropping with { Rule = dropping.Rule with { Dropout = AttentionDropout.None } };
        var s = call.Sizes;
        var weights = numbers.Room(s.Heads * Pairs.Sum(pair => pair.Queries * pair.Keys));
        Backend.AttentionWeights(call, weights);
        var y = Answers(numbers, call);
        Backend.Attend(call, Outputs(numbers, call, y));
        nint at = 0;
        foreach (var pair in Pairs)
            for (var head = 0; head < s.Heads; head++)
                for (var i = 0; i < pair.Queries; i++, at += pair.Keys)
                {
                    var (values, column) = (call.Inputs.Values, head / s.Group * s.ValueWidth);
                    var expected = Enumerable.Range(0, pair.Keys).Sum(j => (double)weights[at + j] * values.Data[(pair.KeyStart + j) * values.Stride + column]);
                    Assert.Equal(expected, y[(pair.QueryStart + i) * s.Heads * s.ValueWidth + head * s.ValueWidth], 1e-5);
                }
        Assert.Equal(weights.Length, at);
    });

    static Floats Answers(Numbers numbers, AttentionCall<CausalMask, NoBias> call) => numbers.Room(76 * call.Sizes.Heads * call.Sizes.ValueWidth);

    static AttentionOutputs Outputs(Numbers numbers, AttentionCall<CausalMask, NoBias> call, Floats y)
        => new(new(y, call.Sizes.Heads * call.Sizes.ValueWidth), numbers.Room(76 * call.Sizes.Heads));

    static void ForEachAttention(Action<Numbers, AttentionCall<CausalMask, NoBias>> test)
    {
        foreach (var s in Heads)
            foreach (var rate in (float[])[0, 0.3f])
            {
                using var numbers = new Numbers(1);
                StridedRows Rows(int rows, int width) => new(numbers.Draw(rows * width), width);
                var inputs = new AttentionInputs(Rows(76, s.Heads * s.Width), Rows(158, s.KeyHeads * s.Width), Rows(158, s.KeyHeads * s.ValueWidth));
                test(numbers, new(inputs, Pairs, s, new(new(Strict: false), default, new(rate, 5))));
                numbers.AssertGuardsAreWhole();
            }
    }
}

using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.MultiheadAttention, values, weights and every gradient.</summary>
/// <remarks>
/// Two of its cases have no counterpart: cross_kdim_vdim_nobias (keys and values of two other widths; here one source
/// gives both) and self_bias_kv_zero_attn (learned and zero rows appended to the keys).
/// </remarks>
public sealed class MultiHeadAttentionGoldens
{
    [Theory]
    [InlineData("self_plain", false)]
    [InlineData("self_causal_bool_padding", true)]
    [InlineData("cross_padding", false)]
    public void Heads_weigh_values_as_PyTorch_does(string name, bool causal)
    {
        var golden = new Golden("multihead_attention/" + name);
        Check(golden, causal ? Mask.Causal : Mask.Full, entry => golden[entry]);
    }

    [Fact]
    public void Sequences_first_is_only_another_order_of_rows()
    {
        var golden = new Golden("multihead_attention/self_seq_first_causal_float");
        Check(golden, Mask.Causal, golden.BatchFirst);
    }

    static void Check(Golden golden, Mask mask, Func<string, float[]> rows)
    {
        var perHead = golden.Shape("out.weights_per_head");
        var (batch, heads, queries, keys) = (perHead[0], perHead[1], perHead[2], perHead[3]);
        var real = golden.RealRows("in.key_padding_mask", batch, keys);
        using var parameters = new ParameterSet();
        var attention = new MultiHeadAttention(parameters.Root, new BlockConfig { Width = 32, Heads = heads, Dropout = DropoutRates.None });
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        var cross = golden.Has("in.key");
        using (var pass = Pass.Differentiate(workspace))
        {
            var x = pass.From(rows("in.query"), [batch * queries, 32]);
            var k = cross ? pass.From(rows("in.key"), [batch * keys, 32]) : x;
            Tensor? v = cross ? pass.From(rows("in.value"), [batch * keys, 32]) : null;
            var y = attention.Forward(Rectangle(x, batch), Rectangle(k, batch), mask, new PaddedKeyValues(queries, keys, real, v));
            Near.Values(rows("out.output"), y.Data.Span, "output");
            var adjoints = pass.Backward([(y, rows("up.output"))], gradients, v is { } values ? [x, k, values] : [x]);
            Near.Gradients(rows("gin.query"), adjoints.Of(x).Span, "query");
            if (cross) Near.Gradients(rows("gin.key"), adjoints.Of(k).Span, "key");
            if (cross) Near.Gradients(rows("gin.value"), adjoints.Of(v!.Value).Span, "value");
            TorchParameters.CheckGradients(parameters, gradients, golden);
        }
        var seen = new Watch();
        using (var pass = Pass.Infer(workspace, seen))
        {
            var x = pass.From(rows("in.query"), [batch * queries, 32]);
            var k = cross ? pass.From(rows("in.key"), [batch * keys, 32]) : x;
            attention.Forward(Rectangle(x, batch), Rectangle(k, batch), mask, new PaddedKeyValues(queries, keys, real));
        }
        // Only real keys have a weight here; PyTorch's rectangle holds zeros behind them.
        var expected = golden["out.weights_per_head"];
        Near.Values([.. Enumerable.Range(0, expected.Length).Where(i => i % keys < real[i / (heads * queries * keys)]).Select(i => expected[i])],
            seen.Seen, "weights");
    }

    [Theory]
    [InlineData("cross_additive_mask", false)]
    [InlineData("self_per_head_mask", true)]
    public void A_float_mask_is_a_score_bias(string name, bool perHead)
    {
        var golden = new Golden("multihead_attention/" + name);
        var shape = golden.Shape("out.weights_per_head");
        var (batch, heads, queries, keys) = (shape[0], shape[1], shape[2], shape[3]);
        using var parameters = new ParameterSet();
        Linear Projection(string part) => new(parameters.Root / part, 32, 32);
        Linear query = Projection("query"), key = Projection("key"), value = Projection("value"), output = Projection("output");
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(golden["in.query"], [batch * queries, 32]);
        var k = perHead ? x : pass.From(golden["in.key"], [batch * keys, 32]);
        var v = perHead ? x : pass.From(golden["in.value"], [batch * keys, 32]);
        var sizes = new AttentionSizes(heads, heads, 32 / heads, 32 / heads, 1 / MathF.Sqrt(32f / heads));
        var pairs = Rectangle(x, batch).Segments.Against(Rectangle(k, batch).Segments);
        var bias = new TableBias(golden["in.attn_mask"], perHead, heads, queries, keys);
        var y = output.Forward(Ops.Attend(query.Forward(x), key.Forward(k), value.Forward(v), pairs, new AttendOptions(sizes, 0, ""),
            default(FullMask), bias));
        Near.Values(golden["out.output"], y.Data.Span, "output");
        var adjoints = pass.Backward([(y, golden["up.output"])], gradients, x, k, v);
        Near.Gradients(golden["gin.query"], adjoints.Of(x).Span, "query");
        if (!perHead) Near.Gradients(golden["gin.key"], adjoints.Of(k).Span, "key");
        if (!perHead) Near.Gradients(golden["gin.value"], adjoints.Of(v).Span, "value");
        TorchParameters.CheckGradients(parameters, gradients, golden);
    }

    static Rows Rectangle(Tensor x, int batch) => new(x, new Segments([.. Enumerable.Repeat((int)x.Shape.Rows / batch, batch)]));

    readonly struct TableBias(float[] table, bool perHead, int heads, int queries, int keys) : IScoreBias
    {
        public static bool IsNone => false;

        public void Add(in QueryPlace query, int firstKey, Span<float> scores)
        {
            var row = (perHead ? (query.Pair * heads + query.Head) * queries : 0) + query.Position;
            for (var j = 0; j < scores.Length; j++) scores[j] += table[row * keys + firstKey + j];
        }

        public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
        {
            // The mask is a constant.
        }
    }

    sealed class Watch : Probe
    {
        public float[] Seen { get; private set; } = [];

        public override bool Wants(string path) => true;

        public override void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights) => Seen = weights.Span.ToArray();
    }
}

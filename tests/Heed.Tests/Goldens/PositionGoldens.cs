using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>Positions inside attention, held against PyTorch: turned queries and keys, Shaw's relative rows, T5's buckets.</summary>
public sealed class PositionGoldens
{
    [Theory]
    [InlineData("half_split_8", RotaryPairing.Halves, true)]
    [InlineData("interleaved_8", RotaryPairing.Neighbours, false)]
    public void Queries_and_keys_turn_as_in_the_published_models(string name, RotaryPairing pairing, bool headsFirst)
    {
        var golden = new Golden("rotary/" + name);
        const int batch = 2, length = 10, heads = 3, width = 8;
        using var parameters = new ParameterSet();
        var turns = new RotaryPositions { Pairing = pairing }.Build(parameters.Root, new StackShape(heads * width, heads, width, Causal: false)).InLayer(parameters.Root);
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Differentiate(workspace);
        float[] Rows(string entry) => headsFirst ? ByRows(golden[entry], batch, heads, length, width) : golden[entry];
        var places = new Places(golden.Ids("in.position_ids"));
        Tensor q = pass.From(Rows("in.query"), [batch * length, heads * width]), k = pass.From(Rows("in.key"), [batch * length, heads * width]);
        Tensor turnedQ = turns.Turn(q, places), turnedK = turns.Turn(k, places);
        Near.Values(Rows("out.query"), turnedQ.Data.Span, "queries");
        Near.Values(Rows("out.key"), turnedK.Data.Span, "keys");
        var adjoints = pass.Backward([(turnedQ, Rows("up.query")), (turnedK, Rows("up.key"))], null, q, k);
        Near.Gradients(Rows("gin.query"), adjoints.Of(q).Span, "queries");
        Near.Gradients(Rows("gin.key"), adjoints.Of(k).Span, "keys");
    }

    [Theory]
    [InlineData("causal", 2)]
    [InlineData("keys_and_values", 3)]
    [InlineData("shared_table_long_clip", 9)]
    public void Relative_keys_and_values_are_those_of_the_reference(string name, int clip)
    {
        var golden = new Golden("shaw_relative_attention/" + name);
        const int batch = 2, length = 7, heads = 3, width = 8;
        using var parameters = new ParameterSet();
        var layer = new ShawPositions { Clip = clip }.Build(parameters.Root, new StackShape(heads * width, heads, width, Causal: false)).InLayer(parameters.Root);
        parameters.Initialise(1);
        Parameter keys = parameters["keys.weight"], values = parameters["values.weight"];
        golden["param.relative_keys"].CopyTo(keys.Value.Span);
        var shared = !golden.Has("param.relative_values");
        golden[shared ? "param.relative_keys" : "param.relative_values"].CopyTo(values.Value.Span);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        float[] Rows(string entry) => ByRows(golden[entry], batch, heads, length, width);
        Tensor q = pass.From(Rows("in.query"), [batch * length, 24]), k = pass.From(Rows("in.key"), [batch * length, 24]), v = pass.From(Rows("in.value"), [batch * length, 24]);
        var segments = new Segments([length, length]);
        var rows = new AttentionRows(q, k, v, segments.Against(segments), new(new(heads, heads, width, width, 1 / MathF.Sqrt(width)), 0, "attention"));
        var y = golden.Has("in.mask") ? layer.Attend(rows, new HiddenKeys(golden.Flags("in.mask"), heads, length)) : layer.Attend(rows, default(FullMask));
        Near.Values(Rows("out.context"), y.Data.Span, "context");
        var adjoints = pass.Backward([(y, Rows("up.context"))], gradients, q, k, v);
        Near.Gradients(Rows("gin.query"), adjoints.Of(q).Span, "queries");
        Near.Gradients(Rows("gin.key"), adjoints.Of(k).Span, "keys");
        Near.Gradients(Rows("gin.value"), adjoints.Of(v).Span, "values");
        float[] ofKeys = gradients.Of(keys).Span.ToArray(), ofValues = gradients.Of(values).Span.ToArray();
        // Where the reference has one table for both, its gradient is the sum of the two.
        Near.Gradients(golden["grad.relative_keys"], shared ? [.. ofKeys.Zip(ofValues, (a, b) => a + b)] : ofKeys, "relative keys");
        if (!shared) Near.Gradients(golden["grad.relative_values"], ofValues, "relative values");
    }

    [Fact]
    public void A_whole_layer_with_relative_rows_is_that_of_the_reference()
    {
        var golden = new Golden("shaw_relative_attention/multihead_module");
        const int batch = 2, length = 9, width = 32;
        using var parameters = new ParameterSet();
        var block = new BlockConfig { Width = width, Heads = 4, Dropout = DropoutRates.None };
        var attention = new MultiHeadAttention(parameters.Root, block, new ShawPositions { Clip = 4 }.Build(parameters.Root, new StackShape(width, 4, 8, Causal: false)));
        parameters.Initialise(1);
        string[] names = ["query", "linear_query", "key", "linear_keys", "value", "linear_values", "output", "final_linear"];
        foreach (var (own, other) in names.Chunk(2).Select(pair => (pair[0], pair[1])))
            foreach (var part in (string[])["weight", "bias"]) golden[$"param.{other}.{part}"].CopyTo(parameters[$"{own}.{part}"].Value.Span);
        Parameter keys = parameters["positions.keys.weight"], values = parameters["positions.values.weight"];
        foreach (var table in (Parameter[])[keys, values]) golden["param.relative_positions_embeddings.weight"].CopyTo(table.Value.Span);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = new Rows(pass.From(golden["in.x"], [batch * length, width]), new Segments([length, length]));
        var y = attention.Forward(x, x, Mask.Full, new PaddedKeyValues(length, length, golden.RealRows("in.key_padding_mask", batch, length)));
        Near.Values(golden["out.output"], y.Data.Span, "output");
        var adjoints = pass.Backward([(y, golden["up.output"])], gradients, x.Values);
        Near.Gradients(golden["gin.x"], adjoints.Of(x.Values).Span, "input");
        foreach (var (own, other) in names.Chunk(2).Select(pair => (pair[0], pair[1])))
            foreach (var part in (string[])["weight", "bias"])
                Near.Gradients(golden[$"grad.{other}.{part}"], gradients.Of(parameters[$"{own}.{part}"]).Span, $"{own}.{part}");
        Near.Gradients(golden["grad.relative_positions_embeddings.weight"],
            [.. gradients.Of(keys).Span.ToArray().Zip(gradients.Of(values).Span.ToArray(), (a, b) => a + b)], "relative rows");
    }

    [Theory]
    [InlineData("buckets32_max128", 32, 128)]
    [InlineData("buckets8_max12", 8, 12)]
    public void Buckets_are_those_of_the_reference(string name, int buckets, int farthest)
    {
        var golden = new Golden("t5_buckets/" + name);
        var positions = new T5Positions { Buckets = buckets, MaximumDistance = farthest };
        var distances = golden.Ids("in.relative_position");
        Assert.Equal(golden.Ids("out.bidirectional"), distances.Select(distance => positions.Bucket(distance, causal: false)));
        Assert.Equal(golden.Ids("out.causal"), distances.Select(distance => positions.Bucket(distance, causal: true)));
    }

    // [batch, heads, length, width] as rows [batch·length, heads·width].
    static float[] ByRows(float[] values, int batch, int heads, int length, int width)
    {
        var rows = new float[values.Length];
        for (var b = 0; b < batch; b++)
            for (var h = 0; h < heads; h++)
                for (var t = 0; t < length; t++)
                    values.AsSpan(((b * heads + h) * length + t) * width, width).CopyTo(rows.AsSpan(((b * length + t) * heads + h) * width));
        return rows;
    }

    /// <summary>PyTorch's mask: what is set is not seen.</summary>
    readonly struct HiddenKeys(bool[] hidden, int heads, int length) : IMask
    {
        public KeyRange Next(in QueryPlace query, int from, int keys)
        {
            var row = ((query.Pair * heads + query.Head) * length + query.Position) * length;
            while (from < keys && hidden[row + from]) from++;
            var end = from;
            while (end < keys && !hidden[row + end]) end++;
            return new(from, end);
        }
    }
}

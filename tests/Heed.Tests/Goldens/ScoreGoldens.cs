using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>The scores of Bahdanau et al. and Luong et al. with the attentional state above them, as PyTorch computes them: weights, answers and every gradient.</summary>
public sealed class ScoreGoldens
{
    const int Batch = 3, Queries = 4, Keys = 6, Attentional = 9;

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("luong_concat")]
    [InlineData("luong_dot")]
    [InlineData("luong_general")]
    public void Scores_are_PyTorchs(string name)
    {
        var golden = new Golden("recurrent_attention/" + name);
        int asks = golden.Shape("in.query")[2], answers = golden.Shape("in.keys")[2];
        Score kind = name switch
        {
            "bahdanau" => new AdditiveScore { Width = golden.Shape("param.v")[0] },
            "luong_concat" => new ConcatScore { Width = golden.Shape("param.v")[0] },
            "luong_dot" => new DotScore(),
            _ => new BilinearScore(),
        };
        using var parameters = new ParameterSet();
        var score = kind.Build(parameters.Root / "decoder" / 0 / "cross", asks, answers);
        var above = new Linear(parameters.Root / "above", answers + asks, Attentional, bias: false);
        parameters.Initialise(1);
        foreach (var parameter in parameters.Parameters) Torch(golden, "param.", parameter, asks).CopyTo(parameter.Value.Span);

        var weights = new Seen();
        using var workspace = new Workspace(Cpu.Two);
        using (var pass = Pass.Infer(workspace, weights)) Check(golden, pass, score, above, null);
        var real = golden.RealRows("in.key_padding_mask", Batch, Keys);
        Near.Values([.. Enumerable.Range(0, Batch * Queries).SelectMany(row => golden["out.weights"].Skip(row * Keys).Take(real[row / Queries]))], weights.Values, "weights");
        using var gradients = new Gradients(parameters);
        using (var pass = Pass.Differentiate(workspace)) Check(golden, pass, score, above, gradients);
        foreach (var parameter in parameters.Parameters) Near.Gradients(Torch(golden, "grad.", parameter, asks), gradients.Of(parameter).Span, parameter.Path);
    }

    static void Check(Golden golden, Pass pass, IScore score, Linear above, Gradients? gradients)
    {
        int asks = golden.Shape("in.query")[2], answers = golden.Shape("in.keys")[2];
        var real = golden.RealRows("in.key_padding_mask", Batch, Keys);
        float[] Real(string name) => [.. Enumerable.Range(0, Batch).SelectMany(b => golden[name].Skip(b * Keys * answers).Take(real[b] * answers))];
        Tensor q = pass.From(golden["in.query"], [Batch * Queries, asks]), source = pass.From(Real("in.keys"), [real.Sum(), answers]);
        var pairs = new Segments([.. Enumerable.Repeat(Queries, Batch)]).Against(new Segments(real));
        var context = score.Attend(q, score.Keys(source), source, pairs);
        Near.Values(golden["out.context"], context.Data.Span, "context");
        var y = above.Forward<Tanh>(Ops.Beside(context, q));
        Near.Values(golden["out.attentional"], y.Data.Span, "attentional state");
        if (gradients is null) return;
        var adjoints = pass.Backward([(y, golden["up.attentional"])], gradients, q, source);
        Near.Gradients(golden["gin.query"], adjoints.Of(q).Span, "queries");
        Near.Gradients(Real("gin.keys"), adjoints.Of(source).Span, "keys");
    }

    // The two halves of Luong's W [a, q + k] stand apart here.
    static float[] Torch(Golden golden, string prefix, Parameter parameter, int asks)
    {
        var name = parameter.Path switch
        {
            "above.weight" => "W_out",
            "decoder.0.cross.vector" => "v",
            "decoder.0.cross.query.bias" => "bias",
            _ when golden.Has(prefix + "W") => "W",
            "decoder.0.cross.query.weight" => "W_query",
            _ => "W_key",
        };
        var values = golden[prefix + name];
        if (name != "W" || values.Length == parameter.Shape.Count) return values;
        var (width, first) = (golden.Shape(prefix + "W")[1], parameter.Path.Contains("query", StringComparison.Ordinal) ? 0 : asks);
        var columns = (int)parameter.Shape.Columns;
        return [.. Enumerable.Range(0, values.Length / width).SelectMany(row => values.Skip(row * width + first).Take(columns))];
    }

    sealed class Seen : Probe
    {
        public float[] Values { get; private set; } = [];

        public override bool Wants(string path) => path == "decoder.0.cross";

        public override void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights) => Values = weights.Span.ToArray();
    }
}

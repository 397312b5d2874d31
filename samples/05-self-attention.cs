#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Self-attention, built up: words that look at words of their own sentence. First q = k = v = x, then what is missing, one thing after another.

using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

const int Words = 4, Width = 8;
using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
float[] numbers = [.. Enumerable.Range(0, Words * Width).Select(i => MathF.Sin(1.7f * i))];

// q = k = v = x: every row becomes a mean of all rows, weighted by likeness.
Show("q = k = v = x", (pass, x) => Ops.Attend(x.Values, x.Values, x.Values, x.Segments.Against(x.Segments), new AttendOptions(new AttentionSizes(1, 1, Width, Width, Scale: 1), 0, "plain"), default(FullMask), default(NoBias)));

// 1. Nothing tells the order: shuffled rows give shuffled results. Positions do.
Show("+ positions", (pass, x) => Plain(new SinusoidalPositions().Embed(x.Values, x.Places), x));

// 2. A mean of rows is linear in them, whatever is stacked on it: a feed-forward layer is not.
Build("+ feed-forward", p => { var feed = new ReluFeedForward { Width = 16 }.Build(p, Block)!; return x => feed.Forward(Plain(x.Values, x)); });

// 3. A word that is to be predicted must not be looked at: the future is masked.
Build("+ masked future", p => { var layer = new MultiHeadAttention(p, Block with { Heads = 1, Attention = new() { Projections = Projections.None, Scaled = false } }); return x => layer.Forward(x, x, Mask.Causal, KeyValues.None); });

// Then what makes it the Transformer's: projections, several heads, scores over √k, and around it a residual and a norm.
Build("multi-head, scaled", p => { var layer = new MultiHeadAttention(p, Block); return x => layer.Forward(x, x, Mask.Causal, KeyValues.None); });
Build("residual and norm", p =>
{
    var (layer, around) = (new MultiHeadAttention(p / "self", Block), new Residual(p / "norm", Block));
    return x => around.Around(x.Values, x.Values, (layer, x), static (at, z) => at.layer.Forward(at.x.With(z), at.x.With(z), Mask.Causal, KeyValues.None));
});

Tensor Plain(Tensor values, Rows x) => Ops.Attend(values, values, values, x.Segments.Against(x.Segments), new AttendOptions(new AttentionSizes(1, 1, Width, Width, Scale: 1), 0, "plain"), default(FullMask), default(NoBias));

void Build(string name, Func<Scope, Func<Rows, Tensor>> build)
{
    var parameters = new ParameterSet();
    var layer = build(parameters.Root);
    parameters.Initialise(seed: 1);
    Show($"{name} ({parameters.Count} parameters)", (_, x) => layer(x));
}

void Show(string name, Func<Pass, Rows, Tensor> layer)
{
    int[] order = [2, 0, 3, 1];
    float[] y = Run(numbers), z = Run([.. order.SelectMany(i => numbers[(i * Width)..((i + 1) * Width)])]);
    var moved = order.SelectMany((from, to) => Enumerable.Range(0, Width).Select(c => Math.Abs(y[from * Width + c] - z[to * Width + c]))).Max();
    Console.WriteLine($"{name,-36} first row {string.Join(" ", y.Take(4).Select(value => $"{value,6:F2}"))} …   shuffled rows {(moved < 1e-5 ? "give shuffled results" : "give other results")}");

    float[] Run(float[] rows)
    {
        using var pass = Pass.Infer(workspace);
        return layer(pass, new Rows(pass.From(rows, [Words, Width]), Segments.One(Words))).ToArray();
    }
}

partial class Program
{
    static readonly BlockConfig Block = new() { Width = 8, Heads = 2, FeedForward = new ReluFeedForward { Width = 16 }, Order = NormOrder.Pre, Dropout = DropoutRates.None };
}

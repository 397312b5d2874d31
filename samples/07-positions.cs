#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Positions: the same Transformer with every kind. What each adds, how many parameters it has, and whether a shift of the whole sentence shows.

using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
int[] ids = [3, 8, 5, 3, 9, 2];

Console.WriteLine("kind          parameters  same words, other order  moved by 1,000");
foreach (var (name, kind) in (ReadOnlySpan<(string, PositionKind)>)
[
    ("none", new NoPositions()), ("sinusoidal", new SinusoidalPositions()), ("learned", new LearnedPositions { Maximum = 2000 }), ("rotary", new RotaryPositions()),
    ("alibi", new AlibiPositions()), ("t5", new T5Positions()), ("shaw", new ShawPositions()),
])
{
    var parameters = new ParameterSet();
    var model = new Transformer(parameters.Root, new TransformerConfig
    {
        SourceVocabulary = 12, TargetVocabulary = 12, Width = 32, Heads = 4, EncoderLayers = 2, DecoderLayers = 1, FeedForward = new ReluFeedForward { Width = 64 }, Order = NormOrder.Pre, Positions = kind,
    });
    parameters.Initialise(seed: 1);
    var plain = new ParameterSet();
    _ = new Transformer(plain.Root, model.Config with { Positions = new NoPositions() });
    var here = Encode(model, ids, 0);
    int[] order = [2, 0, 3, 5, 1, 4];
    var turned = Encode(model, [.. order.Select(i => ids[i])], 0);
    var shuffled = Difference([.. order.SelectMany(i => here[(32 * i)..(32 * i + 32)])], turned);
    Console.WriteLine($"{name,-12}  {parameters.Count - plain.Count,10:N0}  {shuffled,23:F4}  {Difference(here, Encode(model, ids, 1000)),14:F4}");
}

float[] Encode(Transformer model, int[] words, int from)
{
    using var pass = Pass.Infer(workspace);
    var segments = Segments.One(words.Length);
    return model.Encode(pass, new Tokens(words, segments, new Places(Enumerable.Range(from, words.Length).ToArray()))).Values.ToArray();
}

static float Difference(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();

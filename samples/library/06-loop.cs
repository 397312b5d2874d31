#:project ../../src/Heed/Heed.csproj
#:property PublishAot=false

// A training loop of one's own: a model, its parameters, batches of ids, and a trainer that moves the parameters a step at a time.

using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

const int Begin = 0, End = 1, Vocabulary = 12;

var parameters = new ParameterSet();
var model = new Transformer(parameters.Root, new TransformerConfig
{
    SourceVocabulary = Vocabulary, TargetVocabulary = Vocabulary, Width = 32, Heads = 2, EncoderLayers = 1, DecoderLayers = 1,
    FeedForward = new ReluFeedForward { Width = 64 }, Order = NormOrder.Pre, Dropout = DropoutRates.None,
});
parameters.Initialise(seed: 1);

// The task: say the ids in reverse.
var random = new Random(1);
PairBatch Draw()
{
    int[][] sources = [.. Enumerable.Range(0, 32).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Next(2, Vocabulary)).ToArray())];
    return new PairBatch(
        Tokens.Of([.. sources.Select(ids => (int[])[.. ids, End])]),
        Tokens.Of([.. sources.Select(ids => (int[])[Begin, .. ids.Reverse()])]),
        sources.SelectMany(ids => (int[])[.. ids.Reverse(), End]).ToArray());
}

using var backend = new CpuBackend();
using var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = 250, Schedule = new CosineSchedule { Peak = 5e-3, Warmup = 20 } });
while (trainer.Number < 250)
{
    var report = trainer.Step([Draw()]);
    if (report.Number % 125 == 0) Console.WriteLine($"step {report.Number}: perplexity {Math.Exp(report.Entropy):F2}");
}

// Any search sees the model through one door: Begin, Next, Reorder.
using var workspace = new Workspace(backend);
using var decoding = model.Begin(workspace, Tokens.Of([[2, 3, 4, 5, 6, End]]));
var best = new BeamSearch(new DecodingOptions { Beam = 4 }, Begin, End).Run(decoding, workspace, [8])[0][0];
Console.WriteLine(string.Join(' ', best.Ids));

#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Luong's attention: the scores dot, bilinear and concat, an attentional state tanh(W[c; s]), and whole translators that differ in their score alone,
// learning to say a sentence backwards. Luong, Pham and Manning 2015.

using Heed.Attention;
using Heed.Decoding;
using Heed.Models;
using Heed.Recurrent;
using Heed.Tensors;
using Heed.Training;

const int Begin = 0, End = 1, Vocabulary = 12, Length = 6, Steps = 250;
using var backend = new CpuBackend();

foreach (var (name, score) in (ReadOnlySpan<(string, Score)>)
    [("none: one vector", new NoScore()), ("uniform: their mean", new UniformScore()), ("dot", new DotScore()), ("bilinear", new BilinearScore()), ("concat", new ConcatScore { Width = 32 })])
{
    var parameters = new ParameterSet();
    var model = new RecurrentConfig
    {
        SourceVocabulary = Vocabulary, TargetVocabulary = Vocabulary, Embedding = 32, Width = 32, Encoder = new RecurrentEncoder { Width = 16 }, Score = score, Dropout = RecurrentDropout.None,
    }.Build(parameters.Root);
    parameters.Initialise(seed: 1);
    var random = new Random(1);
    using var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = Steps, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 20 } });
    var report = default(StepReport);
    while (trainer.Number < Steps) report = trainer.Step([Draw(random)]);

    using var workspace = new Workspace(backend);
    using var decoding = model.Begin(workspace, Tokens.Of([[2, 3, 4, 5, 6, 7, End]]));
    var said = new BeamSearch(new DecodingOptions { Beam = 1 }, Begin, End).Run(decoding, workspace, [Length + 1])[0][0].Ids;
    Console.WriteLine($"{name,-20} perplexity {Math.Exp(report.Entropy),5:F2}   2 3 4 5 6 7 backwards: {string.Join(' ', said)}");
}

static PairBatch Draw(Random random)
{
    int[][] sources = [.. Enumerable.Range(0, 32).Select(_ => Enumerable.Range(0, Length).Select(_ => random.Next(2, Vocabulary)).ToArray())];
    return new PairBatch(
        Tokens.Of([.. sources.Select(ids => (int[])[.. ids, End])]),
        Tokens.Of([.. sources.Select(ids => (int[])[Begin, .. ids.Reverse()])]),
        sources.SelectMany(ids => (int[])[.. ids.Reverse(), End]).ToArray());
}

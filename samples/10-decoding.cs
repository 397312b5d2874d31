#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Decoding: one trained model, several ways to choose what it says. Every search sees the model through one door: Begin, Next, Reorder.

using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

const int Begin = 0, End = 1, Vocabulary = 8;
using var backend = new CpuBackend();
var parameters = new ParameterSet();
var model = new Transformer(parameters.Root, new TransformerConfig
{
    SourceVocabulary = Vocabulary, TargetVocabulary = Vocabulary, Width = 32, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForward = new ReluFeedForward { Width = 64 }, Order = NormOrder.Pre,
    Dropout = DropoutRates.None,
});
parameters.Initialise(seed: 1);

// A language with a trap. After 2 come 3 (60 %) and 4 (40 %). After 3 follow 5, 6 and 7 with a third each; after 4 always 5. So "2 4 5" (40 %) is the
// likeliest sentence, but who takes the likeliest word at each step never finds it.
var random = new Random(1);
using (var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = 300, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 20 } }))
    while (trainer.Number < 300) trainer.Step([Draw()]);

using var workspace = new Workspace(backend);
Print("greedy", new DecodingOptions { Beam = 1 });
Print("beam 4", new DecodingOptions { Beam = 4, LengthPenalty = 0 });

using var drawing = model.Begin(workspace, Tokens.Of([.. Enumerable.Repeat((int[])[2, End], 200)]));
var drawn = new SamplingSearch([], seed: 1, Begin, End).Run(drawing, workspace, [.. Enumerable.Range(0, 200).Select(number => ((long)number, 6))]);
foreach (var group in drawn.GroupBy(sentence => string.Join(' ', sentence.Ids)).OrderByDescending(group => group.Count()).Take(4)) Console.WriteLine($"drawn    {group.Key,-8} {group.Count() / 2.0:F1} % of 200");

void Print(string name, DecodingOptions options)
{
    using var decoding = model.Begin(workspace, Tokens.Of([[2, End]]));
    foreach (var best in new BeamSearch(options, Begin, End).Run(decoding, workspace, [6])[0]) Console.WriteLine($"{name,-8} {string.Join(' ', best.Ids),-8} p = {Math.Exp(best.LogProbability):F2}");
}

PairBatch Draw()
{
    int[][] targets = [.. Enumerable.Range(0, 64).Select(_ => random.NextDouble() < 0.6 ? (int[])[2, 3, 5 + random.Next(3)] : [2, 4, 5])];
    return new PairBatch(Tokens.Of([.. targets.Select(_ => (int[])[2, End])]), Tokens.Of([.. targets.Select(ids => (int[])[Begin, .. ids])]), targets.SelectMany(ids => (int[])[.. ids, End]).ToArray());
}

#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// A decoder alone: every letter is predicted from those before it, and what is predicted is read again. Radford et al. 2018.

using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;

const int Context = 32, Steps = 200;
const string Text = "one potato two potato three potato four five potato six potato seven potato more\n";
char[] letters = [.. Text.Distinct().Order()];
int[] ids = [.. Text.Concat(Text).Concat(Text).Select(letter => Array.IndexOf(letters, letter))];
var random = new Random(1);

using var backend = new CpuBackend();
var parameters = new ParameterSet();
var model = new CausalLanguageModel(parameters.Root, new LanguageModelConfig
{
    Vocabulary = letters.Length, Context = Context, Layers = 2, Width = 48, Heads = 4, FeedForward = new GeluFeedForward { Width = 96 }, Positions = new RotaryPositions(), Dropout = DropoutRates.None,
});
parameters.Initialise(seed: 1);
using (var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = Steps, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 5e-3, Warmup = 20 } }))
    while (trainer.Number < Steps)
        if (trainer.Step([Draw()]) is { Number: 1 or 50 or Steps } report) Console.WriteLine($"step {report.Number}: {report.Entropy:F3} nats a letter");

// The cache keeps keys and values of what was read: each step reads one letter.
using var workspace = new Workspace(backend);
var prompt = "one po";
int[] read = [.. prompt.Select(letter => Array.IndexOf(letters, letter))];
using var decoding = model.Begin(workspace, Tokens.Of([read[..^1]]));
var written = new BeamSearch(new DecodingOptions { Beam = 1 }, begin: read[^1], end: Array.IndexOf(letters, '\n')).Run(decoding, workspace, [Context - read.Length])[0][0].Ids;
Console.WriteLine(prompt + string.Concat(written.Select(letter => letters[letter])));

// Windows of the text; the label of a letter is the next one.
LabelledBatch Draw()
{
    int[] starts = [.. Enumerable.Range(0, 16).Select(_ => random.Next(ids.Length - Context - 1))];
    return new(Tokens.Of([.. starts.Select(start => ids[start..(start + Context)])]), starts.SelectMany(start => ids[(start + 1)..(start + Context + 1)]).ToArray());
}

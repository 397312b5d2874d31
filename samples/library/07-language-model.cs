#:project TinyModel/TinyModel.csproj
#:property PublishAot=false

// Trains a decoder-only language model on characters and lets it write.

using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

var folder = Directory.CreateTempSubdirectory("heed-language-").FullName;
File.WriteAllText(Path.Combine(folder, "text.txt"), string.Concat(Enumerable.Repeat("one two three four five\n", 60)));

var recipe = new LanguageModelRecipe
{
    Data = new() { Train = Path.Combine(folder, "text.txt") },
    Tokenizer = new CharacterTokenizer(),
    Model = new()
    {
        Context = 32, Layers = 1, Width = 32, Heads = 2, FeedForward = new GeluFeedForward { Width = 64 },
        Positions = new SinusoidalPositions(), Dropout = DropoutRates.None,
    },
    Batches = new() { Sequences = 8 },
    Training = new() { Steps = 150, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 10 } },
    Validation = new() { Every = 150, Samples = 0 },
};
using var backend = new CpuBackend();
using (var run = TrainingRun.Start(recipe, recipe.Begin(), Path.Combine(folder, "run"), backend))
{
    foreach (var happened in run.Continue())
        if (happened is Validated measured) Console.WriteLine($"step {measured.Step}: {measured.Found.PerCharacter:F2} nats a character");
}

using var generator = Generator.Load(Path.Combine(folder, "run", "model"));
foreach (var piece in generator.Generate("one two ", new() { Length = 16 })) Console.Write(piece);
Console.WriteLine();

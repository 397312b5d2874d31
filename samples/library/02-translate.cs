#:project TinyModel/TinyModel.csproj
#:property PublishAot=false

// Translates with a trained model. A translator may be shared by any number of threads.

using Heed.Decoding;
using Heed.Samples;
using Heed.Translation;

var model = TinyModel.Train();

using var translator = Translator.Load(model);
foreach (var line in translator.Translate(["the cat sees a house", "my friend wants the sea"])) Console.WriteLine(line);

// More of each translation: its probability, and which source word each of its words was made from.
var result = translator.Search(["a dog hears two birds"], translator.Model.Decoding with { Beam = 10 })[0];
Console.WriteLine($"{result.Text}: log p = {result.LogProbability:F3}, words {translator.Align(result)}");

// Drawn at random instead of searched for; the seed and the line's number decide every draw.
var sampling = new Sampling { Rules = [new Temperature(0.8f), new TopP(0.95f)], Seed = 7 };
Console.WriteLine(translator.Sample(["the old man wants a house"], sampling)[0]);

// A call that takes too long can be stopped; the translator stays as it was.
using var stop = new CancellationTokenSource();
stop.Cancel();
try
{
    translator.Translate(["the cat sees the sea"], cancellation: stop.Token);
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped");
}

// Lines longer than the model should read at once are cut, or split at sentence ends and joined again.
using var careful = Translator.Load(model, threads: 1, new SourceOptions { MaximumLength = 20, WhenLonger = LongLine.Split });
var article = string.Join(". ", Enumerable.Repeat("the cat sees a house", 10));
Console.WriteLine($"translated in {careful.Search([article])[0].Parts.Count} parts");

#:project TinyModel/TinyModel.csproj
#:property PublishAot=false

// Translates lines while they come, and shows one translation while it is made.

using Heed.Samples;
using Heed.Translation;

using var translator = Translator.Load(TinyModel.Train());

// Results come in order, as soon as there are some; lines are asked for no faster than results are taken.
await foreach (var result in translator.TranslateAsync(Incoming())) Console.WriteLine(result);

// The pieces of one translation, each as soon as the model has chosen it.
await foreach (var piece in translator.StreamAsync("the old man hears two birds")) Console.Write($"{piece}|");
Console.WriteLine();

static async IAsyncEnumerable<string> Incoming()
{
    foreach (var line in (string[])["the cat sees a house", "a dog wants the sea"])
    {
        await Task.Delay(50);
        yield return line;
    }
}

#:project TinyModel/TinyModel.csproj
#:property PublishAot=false

// Several models that learned the same text from different seeds translate better together than any one of them.

using Heed.Samples;
using Heed.Text;
using Heed.Translation;

string[] models = [TinyModel.Train(seed: 1), TinyModel.Train(seed: 2)];
var (sources, references) = TinyModel.Text;

foreach (var model in models)
{
    using var alone = Translator.Load(model);
    Console.WriteLine(Score.Bleu(alone.Translate(sources), references));
}

using var ensemble = Translator.Load(models);
Console.WriteLine(Score.Bleu(ensemble.Translate(sources), references));

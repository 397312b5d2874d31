using System.Text;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests;

/// <summary>A directory that is gone when the test is.</summary>
sealed class Corner : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("heed-test-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string Write(string name, params ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A recipe that trains in well under a second, its corpora written here.</summary>
    public Recipe Recipe()
    {
        Write("train.tsv", string.Concat(Pairs().Select(pair => pair.Source + "\t" + pair.Target + "\n")));
        Write("valid.tsv", string.Concat(Pairs().Where((_, i) => i % 9 == 4).Select(pair => pair.Source + "\t" + pair.Target + "\n")));
        return new Recipe
        {
            Data = new DataRecipe
            {
                Train = new CorpusPaths { Pairs = this["train.tsv"] },
                Validation = new CorpusPaths { Pairs = this["valid.tsv"] },
            },
            Tokenizer = new TokenizerRecipe { Vocabulary = 290 },
            Model = new TransformerConfig
            {
                Width = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1,
                FeedForward = new GeluFeedForward { Width = 32 }, Order = NormOrder.Pre, Positions = new LearnedPositions { Maximum = 64 },
            },
            Batches = new() { Tokens = 80, Pool = 24 },
            Training = new TrainingOptions { Steps = 20, Accumulate = 2, Schedule = new InverseSquareRootSchedule { Peak = 5e-3, Warmup = 4 } },
            Validation = new ValidationRecipe { Every = 6, Beam = 1, Samples = 1, Tokenize = Heed.Text.BleuTokenization.None },
            Decoding = new() { Beam = 2, LengthSurplus = 6 },
        };
    }

    static IEnumerable<(string Source, string Target)> Pairs()
    {
        string[] who = ["the cat", "a dog", "my friend", "the old man"];
        string[] does = ["sees", "wants", "hears"], what = ["a house", "the sea", "two birds"];
        return who.SelectMany(subject => does.SelectMany(verb => what.Select(thing => ($"{subject} {verb} {thing}", $"{thing} {subject} {verb}"))));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

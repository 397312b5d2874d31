using Heed.Attention;
using Heed.Models;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>A recurrent model goes the whole way: a recipe trains it, a folder holds it, a translator searches with it and shows what it looked at.</summary>
public sealed class RecurrentRunTests : IDisposable
{
    readonly Corner corner = new();

    Recipe Recipe(Score score, bool feeding) => corner.Recipe() with
    {
        Model = new RecurrentConfig
        {
            Embedding = 12, Width = 16, Encoder = new RecurrentEncoder { Width = 8 }, Score = score, InputFeeding = feeding, Dropout = RecurrentDropout.None,
        },
    };

    TranslationModel Trained(Recipe recipe)
    {
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two);
        Assert.IsType<Finished>(run.Continue().Last());
        return ModelFolder.Load(run.Folder.Model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_trained_saved_loaded_searched_and_shown(bool feeding)
    {
        var recipe = Recipe(new AdditiveScore { Width = 10 }, feeding);
        using var model = Trained(recipe);
        var config = Assert.IsType<RecurrentConfig>(model.Model.Config);
        Assert.Equal(recipe.Model with { SourceVocabulary = config.SourceVocabulary, TargetVocabulary = config.TargetVocabulary }, config);
        var card = File.ReadAllText(Path.Combine(corner["run"], "model", "README.md"));
        Assert.Contains("A recurrent encoder-decoder with attention (Bahdanau, Cho and Bengio 2015), trained with Heed.", card, StringComparison.Ordinal);
        Assert.Contains("tags:\n- translation\n- recurrent\n", card, StringComparison.Ordinal);
        Assert.Contains("| Cell, encoder, attention | gru, recurrent, additive |", card, StringComparison.Ordinal);
        Assert.Contains("\"architecture\": \"recurrent-encoder-decoder\"", File.ReadAllText(Path.Combine(corner["run"], "model", "config.json")), StringComparison.Ordinal);

        using var translator = new Translator(model, Cpu.Two);
        string[] lines = ["the cat sees a house", "my friend wants two birds"];
        var together = translator.Search(lines);
        for (var i = 0; i < lines.Length; i++)
        {
            var alone = translator.Search([lines[i]])[0];
            Assert.Equal((alone.Text, alone.LogProbability), (together[i].Text, together[i].LogProbability));
            var weights = translator.Attention(together[i]).Alignment();
            Assert.Equal((together[i].TargetIds.Length + 1, together[i].SourceIds.Length), (weights.GetLength(0), weights.GetLength(1)));
            for (var t = 0; t < weights.GetLength(0); t++) Assert.Equal(1, Enumerable.Range(0, weights.GetLength(1)).Sum(s => weights[t, s]), 1e-5);
            Assert.All(translator.Align(together[i]).Links(), link => Assert.InRange(link.Source, 0, 4));
        }
    }

    [Fact]
    public void Without_attention_it_translates_and_says_that_there_is_no_alignment()
    {
        using var model = Trained(Recipe(new NoScore(), feeding: false));
        using var translator = new Translator(model, Cpu.Two);
        var result = translator.Search(["the cat sees a house"])[0];
        Assert.Contains("its score is none", Assert.Throws<InvalidDataException>(() => translator.Align(result)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}

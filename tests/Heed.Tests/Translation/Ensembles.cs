using Heed.Text;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>A few tiny models that learned the same text from different seeds.</summary>
sealed class Ensembles : IDisposable
{
    readonly Corner corner = new();

    public Ensembles(int count)
    {
        var recipe = corner.Recipe();
        var data = PreparedData.From(recipe);
        for (var seed = 1; seed <= count; seed++)
        {
            var seeded = recipe with { Training = recipe.Training with { Seed = (ulong)seed }, Validation = recipe.Validation with { Beam = 0, Every = 20 } };
            using var run = TrainingRun.Start(seeded, data, corner[$"run{seed}"], Cpu.Two);
            Assert.IsType<Finished>(run.Continue().Last());
            Folders.Add(run.Folder.Model);
            Models.Add(ModelFolder.Load(run.Folder.Model));
        }
    }

    public List<TranslationModel> Models { get; } = [];

    public List<string> Folders { get; } = [];

    public string this[string name] => corner[name];

    /// <summary>An untrained model of the same shape whose tokenizers learned other text.</summary>
    public TranslationModel Stranger(Tokenizer? target = null)
    {
        var recipe = corner.Recipe() with { Tokenizer = new() { Vocabulary = 280, Joint = target is null } };
        recipe = recipe with { Model = recipe.Model with { Tying = target is null ? Heed.Models.Tying.All : Heed.Models.Tying.Target } };
        var data = PreparedData.From(recipe);
        var built = TrainingRun.Build(recipe, target is null ? data : data with { Target = target });
        return target is null ? built : built with { Target = target };
    }

    public void Dispose()
    {
        foreach (var model in Models) model.Dispose();
        corner.Dispose();
    }
}

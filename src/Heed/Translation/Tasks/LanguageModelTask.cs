using System.Globalization;
using Heed.Data;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Language modelling: windows of one text, the loss of every next id, the loss of a text it has not seen.</summary>
public sealed class LanguageModelTask : TrainingTask
{
    const int TokensAtOnce = 4096, SampleLength = 200;

    readonly LanguageModelRecipe recipe;
    readonly LanguageModel model;
    readonly int[] train, validation;
    readonly int characters;
    readonly Windows windows;

    internal LanguageModelTask(LanguageModelRecipe recipe, LanguageModel model, string train, string validation)
    {
        (this.recipe, this.model) = (recipe, model);
        this.train = TextIds.Of(model.Tokenizer, train);
        this.validation = TextIds.Of(model.Tokenizer, validation);
        characters = validation.EnumerateRunes().Count();
        if (this.train.Length < 2) throw new InvalidDataException($"There is nothing to learn from: the text of data.train has {this.train.Length} ids. Name a longer text, or hold back less of it (data.held).");
        if (this.validation.Length < 2) throw new InvalidDataException($"There is nothing to measure on: its text has {this.validation.Length} ids. Name one with data.validation, or hold back more (data.held).");
        windows = new(this.train, recipe.Model.Context, recipe.Batches);
    }

    /// <inheritdoc/>
    public override LanguageModel Model => model;

    /// <inheritdoc/>
    public override string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{train.Length:N0} ids of text to learn from, {validation.Length:N0} to measure on, {model.Tokenizer.VocabularySize:N0} different ones");

    /// <inheritdoc/>
    public override TaskRecipe Recipe => recipe;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Account =>
    [
        ("ids", string.Create(CultureInfo.InvariantCulture, $"{train.Length:N0} to learn from, {validation.Length:N0} to measure on")),
        ("vocabulary", string.Create(CultureInfo.InvariantCulture, $"{model.Tokenizer.VocabularySize:N0}")),
    ];

    /// <inheritdoc/>
    public override int Choices => model.Tokenizer.VocabularySize;

    /// <inheritdoc/>
    public override string LabelText(int label) => model.Tokenizer.Pieces([label])[0].Text.ReplaceLineEndings("\\n");

    internal override ITrainable Learner => model.Model;

    internal override IEnumerable<(Batch Batch, DataPosition After)> From(DataPosition position)
        => windows.From(position).Select(static next => ((Batch)next.Batch, next.After));

    internal override void Recycle(Batch batch) => windows.Recycle((LabelledBatch)batch);

    internal override int BatchesOf(int epoch) => windows.BatchesPerEpoch;

    internal override double Flops(Batch batch) => Models.Flops.Training(model.Model.Config.Flops(((LabelledBatch)batch).Text.Segments));

    internal override Measurement Measure(Workspace workspace)
    {
        var held = new Windows(validation, recipe.Model.Context, new() { Sequences = Math.Max(1, TokensAtOnce / recipe.Model.Context) });
        var (logProbability, predicted) = HeldOutLoss.Measure(model.Model, held.InOrder(), workspace);
        // The first id is not predicted, nor counted: a text has at least two.
        return new(-logProbability / predicted) { PerCharacter = -logProbability / Math.Max(1, characters - 1), Samples = [.. Samples(workspace)] };
    }

    IEnumerable<IReadOnlyList<(string Name, string Text)>> Samples(Workspace workspace)
    {
        for (var i = 0; i < recipe.Validation.Samples; i++)
        {
            var writer = new Writer(model, new Sampling { Seed = recipe.Training.Seed, FirstNumber = i });
            yield return [("sample", string.Concat(writer.Continue(workspace, Generator.DefaultPrompt, SampleLength, CancellationToken.None)))];
        }
    }

    internal override ModelCard Card(TrainingState state) => RunCard.Of(recipe,
        string.Create(CultureInfo.InvariantCulture, $"{train.Length:N0} ids{RunCard.From(recipe.Data.Train)}"),
        string.Create(CultureInfo.InvariantCulture, $"{validation.Length:N0} ids of text"), state) with { Languages = [recipe.Data.Language] };
}

using System.Globalization;
using Heed.Data;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Classification and tagging: labelled rows, the loss of every label, and how many are right.</summary>
public sealed class LabellingTask : SentenceTask
{
    const int TokensAtOnce = 4096;

    readonly LabellingRecipe recipe;
    readonly LabellingModel model;
    readonly LabelledCorpus train, validation;
    readonly SentenceTrees trainTrees, validationTrees;
    readonly IReadOnlyList<LabelledText> texts;
    int tooLong;

    internal LabellingTask(LabellingRecipe recipe, LabellingModel model, IReadOnlyList<LabelledText> train, IReadOnlyList<LabelledText> validation)
    {
        (this.recipe, this.model, texts) = (recipe, model, validation);
        (trainTrees, validationTrees) = (new(recipe.Model.Positions), new(recipe.Model.Positions));
        this.train = Encode(train, trainTrees);
        this.validation = Encode(validation, validationTrees);
        CheckSomeFit(this.train.Count, this.validation.Count, recipe.Model.Context);
        Batches = new(this.train, recipe.Batches, trainTrees.Placing);
    }

    /// <inheritdoc/>
    public override LabellingModel Model => model;

    /// <inheritdoc/>
    public override TaskRecipe Recipe => recipe;

    /// <inheritdoc/>
    public override string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{train.Count:N0} texts with {train.Labelled:N0} labels to learn from, {validation.Count:N0} to measure on{(tooLong > 0 ? $" ({tooLong:N0} longer than model.context left out)" : "")}, {model.Labels.Count:N0} different labels, {model.Tokenizer.VocabularySize:N0} ids");

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Account =>
    [
        ("texts", string.Create(CultureInfo.InvariantCulture, $"{train.Count:N0} to learn from, {validation.Count:N0} to measure on, {tooLong:N0} too long")),
        ("labels", string.Join(", ", model.Labels)),
        ("vocabulary", string.Create(CultureInfo.InvariantCulture, $"{model.Tokenizer.VocabularySize:N0}")),
    ];

    /// <inheritdoc/>
    public override int Choices => model.Labels.Count;

    /// <inheritdoc/>
    public override string LabelText(int label) => model.Labels[label];

    internal override ITrainable Learner => model.Model;

    private protected override LabelledBatches Batches { get; }

    internal override double Flops(Batch batch) => Models.Flops.Training(model.Model.Config.Flops(((LabelledBatch)batch).Text.Segments));

    internal override Measurement Measure(Workspace workspace)
    {
        var held = new LabelledBatches(validation, new() { Tokens = TokensAtOnce }, validationTrees.Placing).InOrder();
        var (logProbability, predicted, right) = HeldOutLoss.Measure(held, workspace, (pass, batch) => HeldOutLoss.Score(model.Model.Forward(pass, batch.Text), batch.Labels.Span));
        return new(-logProbability / predicted) { Accuracy = 100.0 * right / predicted, Samples = [.. Samples(workspace)] };
    }

    IEnumerable<IReadOnlyList<(string Name, string Text)>> Samples(Workspace workspace)
    {
        var labeller = new Labeller(model, workspace.Backend);
        foreach (var text in texts.Take(recipe.Validation.Samples))
        {
            if (labeller.Label(workspace, text) is not { } found) continue;
            yield return [("text", text.Whole), ("labels", string.Join(' ', text.Labels)), ("found", string.Join(' ', found.Select(label => label.Label)))];
        }
    }

    LabelledCorpus Encode(IReadOnlyList<LabelledText> from, SentenceTrees trees)
    {
        var numbers = model.Labels.Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number, StringComparer.Ordinal);
        var encoder = new LabelledEncoder(model.Tokenizer, model.Labelled, recipe.Model.Context);
        var corpus = new LabelledCorpus();
        foreach (var text in from)
        {
            foreach (var label in text.Labels)
                if (!numbers.ContainsKey(label)) throw new InvalidDataException($"{text.Place}: the label '{label}' does not occur in what is learned from, so it can never be found. Take the line out, or learn from one that has it.");
            if (encoder.Encode(text.Words) is not var (ids, rows))
            {
                tooLong++;
                continue;
            }
            int[] labels = [.. Enumerable.Repeat(-1, ids.Count)];
            for (var i = 0; i < rows.Count; i++) labels[rows[i]] = numbers[text.Labels[i]];
            corpus.Add(ids, labels);
            trees.Add(text, rows, ids.Count);
        }
        return corpus;
    }

    internal override ModelCard Card(TrainingState state)
    {
        var card = RunCard.Of(recipe, string.Create(CultureInfo.InvariantCulture, $"{train.Count:N0} texts with {train.Labelled:N0} labels{RunCard.From(recipe.TrainFile)}"),
            string.Create(CultureInfo.InvariantCulture, $"{validation.Labelled:N0} labels of {validation.Count:N0} texts"), state);
        return card with { Scores = state.Best is { } best ? [new("accuracy", "Accuracy", best, "")] : [] };
    }
}

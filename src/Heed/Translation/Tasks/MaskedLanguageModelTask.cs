using System.Globalization;
using Heed.Data;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Masked language modelling: texts of which every epoch hides other words, the loss of each hidden id, and how many are found.</summary>
public sealed class MaskedLanguageModelTask : SentenceTask
{
    const int TokensAtOnce = 4096;

    readonly MaskedLanguageModelRecipe recipe;
    readonly MaskedModel model;
    readonly MaskedCorpus train, validation;
    readonly SentenceTrees trainTrees, validationTrees;
    int tooLong;

    internal MaskedLanguageModelTask(MaskedLanguageModelRecipe recipe, MaskedModel model, IReadOnlyList<WordedText> train, IReadOnlyList<WordedText> validation)
    {
        (this.recipe, this.model) = (recipe, model);
        (trainTrees, validationTrees) = (new(recipe.Model.Positions), new(recipe.Model.Positions));
        this.train = Encode(train, trainTrees);
        this.validation = Encode(validation, validationTrees);
        CheckSomeFit(this.train.Count, this.validation.Count, recipe.Model.Context);
        Batches = new(this.train, recipe.Batches, trainTrees.Placing);
    }

    /// <inheritdoc/>
    public override MaskedModel Model => model;

    /// <inheritdoc/>
    public override TaskRecipe Recipe => recipe;

    /// <inheritdoc/>
    public override string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{train.Count:N0} texts of {train.Ids:N0} ids to learn from, {validation.Count:N0} to measure on{(tooLong > 0 ? $" ({tooLong:N0} longer than model.context left out)" : "")}, {model.Tokenizer.VocabularySize:N0} different ids");

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Account =>
    [
        ("texts", string.Create(CultureInfo.InvariantCulture, $"{train.Count:N0} to learn from, {validation.Count:N0} to measure on, {tooLong:N0} too long")),
        ("ids", string.Create(CultureInfo.InvariantCulture, $"{train.Ids:N0} to learn from, {validation.Ids:N0} to measure on")),
        ("vocabulary", string.Create(CultureInfo.InvariantCulture, $"{model.Tokenizer.VocabularySize:N0}")),
    ];

    /// <inheritdoc/>
    public override int Choices => model.Tokenizer.VocabularySize;

    /// <inheritdoc/>
    public override string LabelText(int label) => model.Tokenizer.Pieces([label])[0].Text;

    internal override ITrainable Learner => model.Model;

    private protected override LabelledBatches Batches { get; }

    internal override double Flops(Batch batch) => Models.Flops.Training(model.Model.Config.Flops(((LabelledBatch)batch).Text.Segments, batch.TargetTokens));

    internal override Measurement Measure(Workspace workspace)
    {
        var held = new LabelledBatches(validation, new() { Tokens = TokensAtOnce }, validationTrees.Placing).InOrder();
        var (logProbability, predicted, right) = HeldOutLoss.Measure(held, workspace, Score);
        return new(-logProbability / predicted) { Accuracy = 100.0 * right / predicted, Samples = [.. Samples(workspace)] };
    }

    (double LogProbability, int Right) Score(Pass pass, LabelledBatch batch)
    {
        var rows = batch.LabelledRows();
        return HeldOutLoss.Score(model.Model.Forward(pass, batch.Text, rows), Array.ConvertAll(rows, row => batch.Labels.Span[row]));
    }

    IEnumerable<IReadOnlyList<(string Name, string Text)>> Samples(Workspace workspace)
    {
        var batch = new LabelledBatches(validation, new() { Tokens = TokensAtOnce }, validationTrees.Placing).InOrder().First();
        for (var text = 0; text < Math.Min(recipe.Validation.Samples, batch.Text.Segments.Count); text++) yield return Sample(workspace, batch, text);
    }

    (string Name, string Text)[] Sample(Workspace workspace, LabelledBatch batch, int text)
    {
        var (start, length) = (batch.Text.Segments.Start(text), batch.Text.Segments.Length(text));
        int[] rows = [.. batch.LabelledRows().Where(row => row >= start && row < start + length)];
        using var pass = Pass.Infer(workspace);
        var logits = model.Model.Forward(pass, batch.Text, rows);
        int[] found = [.. validation.Text(text)];
        for (var i = 0; i < rows.Length; i++) found[rows[i] - start] = HeldOutLoss.Best(logits, i);
        return
        [
            ("text", model.Tokenizer.Decode(validation.Text(text))),
            ("hidden", model.Tokenizer.DecodeWithSpecial(batch.Text.Ids.Span.Slice(start, length))),
            ("found", model.Tokenizer.Decode(found)),
        ];
    }

    MaskedCorpus Encode(IReadOnlyList<WordedText> from, SentenceTrees trees)
    {
        var encoder = new LabelledEncoder(model.Tokenizer, Labelled.Words, recipe.Model.Context);
        int[] others = [.. Enumerable.Range(0, model.Tokenizer.VocabularySize).Where(id => !model.Tokenizer.IsSpecial(id))];
        var corpus = new MaskedCorpus(recipe.Masking, model.Tokenizer.Mask, others, recipe.Batches.Seed);
        foreach (var text in from)
        {
            if (encoder.Encode(text.Words) is not var (ids, rows))
            {
                tooLong++;
                continue;
            }
            corpus.Add(ids, rows);
            trees.Add(text, rows, ids.Count);
        }
        return corpus;
    }

    internal override ModelCard Card(TrainingState state)
    {
        var card = RunCard.Of(recipe, string.Create(CultureInfo.InvariantCulture, $"{train.Count:N0} texts of {train.Ids:N0} ids{RunCard.From(recipe.Data.Train)}"),
            string.Create(CultureInfo.InvariantCulture, $"hidden ids of {validation.Count:N0} texts"), state);
        return card with { Languages = [recipe.Data.Language], Scores = state.Best is { } best ? [new("accuracy", "Accuracy", best, ""), .. card.Scores] : card.Scores };
    }
}

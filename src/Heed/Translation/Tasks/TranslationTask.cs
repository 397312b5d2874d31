using System.Globalization;
using Heed.Data;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Translation: pairs of sentences, the loss of every target id, BLEU.</summary>
/// <param name="recipe">what is trained on what, and how</param>
/// <param name="data">its text as ids; the task's to dispose</param>
/// <param name="model">what is trained; likewise</param>
public sealed class TranslationTask(Recipe recipe, PreparedData data, TranslationModel model) : TrainingTask
{
    readonly Batches batches = new(data.Train, recipe.Batches, data.Target.Begin, data.Target.End);

    /// <inheritdoc/>
    public override TranslationModel Model => model;

    /// <summary>The text it learns from.</summary>
    public PreparedData Data => data;

    /// <inheritdoc/>
    public override string Summary
    {
        get
        {
            var leftOut = data.Account.LeftOutCount > 0 ? $" (left out: {data.Account.Reasons()})" : "";
            var vocabulary = data.Source == data.Target ? $"{data.Source.VocabularySize:N0} joint ids" : $"{data.Source.VocabularySize:N0} + {data.Target.VocabularySize:N0} ids";
            return string.Create(CultureInfo.InvariantCulture, $"{data.Train.Count:N0} pair{(data.Train.Count == 1 ? "" : "s")} to learn from{leftOut}, {data.Validation.Count:N0} to measure on, {vocabulary}");
        }
    }

    /// <inheritdoc/>
    public override TaskRecipe Recipe { get; } = recipe with { Data = recipe.Data with { Fingerprint = data.Fingerprint.Length > 0 ? data.Fingerprint : recipe.Data.Fingerprint } };

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Account
    {
        get
        {
            var vocabulary = data.Source == data.Target ? $"{data.Source.VocabularySize:N0} joint" : $"{data.Source.VocabularySize:N0} source, {data.Target.VocabularySize:N0} target";
            var pairs = string.Create(CultureInfo.InvariantCulture, $"{data.Train.Count:N0} to learn from, {data.Account.LeftOutCount:N0} left out, {data.Validation.Count:N0} to measure on");
            return [("pairs", pairs), .. data.Account.LeftOutCount > 0 ? ((string, string)[])[("left out", data.Account.Reasons())] : [], ("vocabulary", vocabulary)];
        }
    }

    /// <inheritdoc/>
    public override int Choices => data.Target.VocabularySize;

    /// <inheritdoc/>
    public override string LabelText(int label) => data.Target.IdToToken(label);

    internal override ITrainable Learner => model.Model;

    internal override IEnumerable<(Batch Batch, DataPosition After)> From(DataPosition position)
        => batches.From(position).Select(static next => ((Batch)next.Batch, next.After));

    internal override void Recycle(Batch batch) => batches.Recycle((PairBatch)batch);

    internal override int BatchesOf(int epoch) => batches.CountOf(epoch);

    internal override double Flops(Batch batch)
        => batch is PairBatch pairs ? Models.Flops.Training(model.Model.Config, pairs.Source.Segments, pairs.Target.Segments) : 0;

    internal override Measurement Measure(Workspace workspace) => new Validation(recipe.Validation, data, model).Measure(workspace);

    internal override ModelCard Card(TrainingState state) => RunCard.Of(recipe, data, state);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        data.Dispose();
    }
}

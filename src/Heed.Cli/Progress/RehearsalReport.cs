using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Models;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>Prints what <c>--dry-run</c> found.</summary>
sealed class RehearsalReport(Terminal terminal, TaskRecipe recipe, TrainingTask task)
{
    const int Pairs = 3;

    readonly Style style = Style.OfOutput(terminal);

    public void Print(Rehearsal found)
    {
        Section("Data");
        foreach (var (name, value) in task.Account) Row(name, value);
        Row("batches", $"{Human.Count(found.BatchesPerEpoch)} an epoch, {Human.Fixed((double)recipe.Training.Steps * recipe.Training.Accumulate / found.BatchesPerEpoch, 1)} epochs in {Human.Count(recipe.Training.Steps, "step")}");
        Section("Parameters");
        foreach (var (part, count) in found.Parameters) Row(part, Human.Count(count));
        Row("total", Human.Count(found.Parameters.Sum(part => part.Count)));
        Section("Memory");
        Row("parameters", Human.Bytes(found.ParameterBytes));
        Row("gradients", Human.Bytes(found.GradientBytes));
        Row("optimizer", Human.Bytes(found.OptimizerBytes));
        Row("activations", $"{Human.Bytes(found.ActivationBytes)} (measured on the first batch)");
        Row("total", Human.Bytes(found.Bytes));
        Section("A step");
        var sources = found.First is PairBatch pairs ? $", with {Human.Count((long)pairs.Source.Ids.Length * recipe.Training.Accumulate)} source ids" : "";
        Row(found.First is PairBatch ? "target ids" : "predicted", $"{Human.Count((long)found.First.TargetTokens * recipe.Training.Accumulate)} like the first batch{sources}");
        Row("cost", Human.Quantity(found.FlopsPerStep, "FLOP"));
        Row("the run", Human.Quantity(found.FlopsPerStep * recipe.Training.Steps, "FLOP"));
        Row("first loss", $"{Human.Fixed(found.Loss, 3)} (ln of {Human.Count(task.Choices)} is {Human.Fixed(Math.Log(task.Choices), 3)})");
        Section("The first batch");
        if (found.First is PairBatch several)
            for (var pair = 0; pair < Math.Min(Pairs, several.Source.Segments.Count); pair++) PrintPair(several, pair);
        else if (found.First is LabelledBatch batch)
            for (var sequence = 0; sequence < Math.Min(Pairs, batch.Text.Segments.Count); sequence++) PrintSequence(batch, sequence);
    }

    void PrintPair(PairBatch batch, int pair)
    {
        var model = (TranslationModel)task.Model;
        Row("source", Pieces(model.Source, Of(batch.Source, pair, batch.Source.Ids)));
        Row("target", Pieces(model.Target, Of(batch.Target, pair, batch.Target.Ids)));
        Row("to predict", Pieces(model.Target, Of(batch.Target, pair, batch.Next)));
    }

    void PrintSequence(LabelledBatch batch, int sequence)
    {
        Row("text", Pieces(task.Model.Tokenizers[0].Tokenizer, Of(batch.Text, sequence, batch.Text.Ids)));
        Row("to predict", string.Join(' ', Of(batch.Text, sequence, batch.Labels).ToArray().Select(label => label < 0 ? "·" : task.LabelText(label))));
    }

    static ReadOnlySpan<int> Of(Tokens text, int sequence, ReadOnlyMemory<int> numbers) => numbers.Span.Slice(text.Segments.Start(sequence), text.Segments.Length(sequence));

    // Every piece with its id, so that what the model sees stands beside what it means.
    string Pieces(Tokenizer tokenizer, ReadOnlySpan<int> ids)
        => string.Join(' ', tokenizer.Pieces(ids).Select(piece => $"{Visible(tokenizer, piece)}{style.Dim(":" + piece.Id.ToString(CultureInfo.InvariantCulture))}"));

    // A piece of a character has no text of its own; the vocabulary's spelling of its bytes stands for it.
    static string Visible(Tokenizer tokenizer, Piece piece) => piece.Text.Length == 0 ? tokenizer.IdToToken(piece.Id) : OneLine.Field(piece.Text).Replace(' ', '▁');

    void Section(string title)
    {
        terminal.Output.WriteLine(style.Bold(title));
    }

    void Row(string name, string value) => terminal.Output.WriteLine($"  {style.Dim(name.PadRight(12))} {value}");
}

using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>Prints what <c>--dry-run</c> found.</summary>
sealed class RehearsalReport(Terminal terminal, Recipe recipe, PreparedData data)
{
    const int Pairs = 3;

    readonly Style style = Style.OfOutput(terminal);

    public void Print(Rehearsal found)
    {
        Section("Data");
        Row("pairs", $"{Human.Count(data.Train.Count)} to learn from, {Human.Count(data.Account.LeftOutCount)} left out, {Human.Count(data.Validation.Count)} to measure on");
        if (data.Account.LeftOutCount > 0) Row("left out", AccountReport.Reasons(data.Account));
        Row("vocabulary", data.Source == data.Target ? $"{Human.Count(data.Source.VocabularySize)} joint" : $"{Human.Count(data.Source.VocabularySize)} source, {Human.Count(data.Target.VocabularySize)} target");
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
        Row("target ids", $"{Human.Count((long)found.First.TargetTokens * recipe.Training.Accumulate)} like the first batch, with {Human.Count((long)found.First.Source.Ids.Length * recipe.Training.Accumulate)} source ids");
        Row("cost", Human.Quantity(found.FlopsPerStep, "FLOP"));
        Row("the run", Human.Quantity(found.FlopsPerStep * recipe.Training.Steps, "FLOP"));
        Row("first loss", $"{Human.Fixed(found.Loss, 3)} (ln of the vocabulary is {Human.Fixed(Math.Log(data.Target.VocabularySize), 3)})");
        Section("The first batch");
        for (var pair = 0; pair < Math.Min(Pairs, found.First.Source.Segments.Count); pair++) PrintPair(found, pair);
    }

    void PrintPair(Rehearsal found, int pair)
    {
        var (source, target) = (found.First.Source, found.First.Target);
        Row("source", Pieces(data.Source, source.Ids.Span.Slice(source.Segments.Start(pair), source.Segments.Length(pair))));
        Row("target", Pieces(data.Target, target.Ids.Span.Slice(target.Segments.Start(pair), target.Segments.Length(pair))));
        Row("to predict", Pieces(data.Target, found.First.Next.Span.Slice(target.Segments.Start(pair), target.Segments.Length(pair))));
    }

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

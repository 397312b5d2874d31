using Heed.Cli.Terminals;
using Heed.Training;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>Shows a training run: one line that is drawn over where somebody looks, a line now and then elsewhere, and every measurement with its samples.</summary>
sealed class TrainingDisplay
{
    // What the sparkline remembers, and how often the line is drawn or written.
    const int Remembered = 2000;
    static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(100), between = TimeSpan.FromSeconds(10);

    readonly Terminal terminal;
    readonly Style style;
    readonly Recipe recipe;
    readonly Pace pace;
    readonly List<double> losses = [];
    double secondsOfMeasuring;
    int measurements, measuredStep;
    long shown;

    /// <param name="terminal">where to show</param>
    /// <param name="recipe">what is trained: its number of steps and how often it is measured</param>
    public TrainingDisplay(Terminal terminal, Recipe recipe)
    {
        (this.terminal, this.recipe) = (terminal, recipe);
        style = Style.OfMessages(terminal);
        pace = new Pace(terminal.Time);
    }

    /// <summary>Shows what happened.</summary>
    public void Show(RunEvent happened)
    {
        switch (happened)
        {
            case Stepped step: Show(step); break;
            case Validated measured: Show(measured); break;
            case Saved: secondsOfMeasuring += pace.Pause(); break;
            case Finished finished: Show(finished); break;
        }
    }

    /// <summary>Takes the line away that is drawn over.</summary>
    public void Clear() => terminal.Status("");

    void Show(Stepped step)
    {
        pace.Step(step.Report.TargetTokens);
        if (losses.Count == Remembered) losses.RemoveRange(0, Remembered / 4);
        losses.Add(step.Report.Loss);
        var due = terminal.Time.GetElapsedTime(shown) >= (terminal.MessagesAreTerminal ? redraw : between);
        // Where nobody looks, the first and the last step are worth a line whatever the clock says.
        var edge = !terminal.MessagesAreTerminal && (shown == 0 || step.Report.Number == recipe.Training.Steps);
        if (shown != 0 && !due && !edge) return;
        shown = terminal.Time.GetTimestamp();
        if (terminal.MessagesAreTerminal) terminal.Status(Line(step.Report));
        else terminal.Say(PlainLine(step.Report));
    }

    string PlainLine(StepReport report) => $"step {report.Number}/{recipe.Training.Steps}  loss {Human.Fixed(report.Loss, 4)}  {Human.Count((long)Math.Round(pace.TokensPerSecond))} tokens/s"
        + $"  rate {Human.Short(report.Rate)}  norm {Human.Fixed(report.GradientNorm, 3)}  remaining {Human.Duration(Remaining(report.Number))}";

    // The parts in the order in which they are given up when the terminal is narrow, last first.
    string Line(StepReport report)
    {
        var columns = terminal.Columns() - 1;
        var percent = 100L * report.Number / recipe.Training.Steps;
        (string Plain, string Styled)[] parts =
        [
            Part($"{Human.Count(report.Number)}/{Human.Count(recipe.Training.Steps)}", style.Bold),
            Part($"{percent,3} %", style.Dim),
            Labelled("loss", Human.Fixed(Recent(), 3)),
            ($"{new string('.', 16)}", style.Cyan(Sparkline.Draw(losses, 16).PadRight(16))),
            Part($"{Human.Count((long)Math.Round(pace.TokensPerSecond))} tok/s", style.Green),
            Labelled("left", Human.Duration(Remaining(report.Number))),
            Labelled("rate", Human.Short(report.Rate)),
            Labelled("norm", Human.Fixed(report.GradientNorm, 2)),
        ];
        var line = "";
        var used = 0;
        foreach (var (plain, styled) in parts)
        {
            if (used + 2 + plain.Length > columns) break;
            line += "  " + styled;
            used += 2 + plain.Length;
        }
        return line;

        static (string, string) Part(string text, Func<string, string> dress) => (text, dress(text));
        (string, string) Labelled(string label, string value) => ($"{label} {value}", $"{style.Dim(label)} {value}");
    }

    // A single batch's loss says more about the batch than about the model.
    double Recent()
    {
        var count = Math.Min(losses.Count, 20);
        return losses.Skip(losses.Count - count).Sum() / count;
    }

    TimeSpan Remaining(int step)
    {
        var seconds = (recipe.Training.Steps - step) * pace.SecondsPerStep;
        if (measurements > 0) seconds += (recipe.Training.Steps - step) / recipe.Validation.Every * (secondsOfMeasuring / measurements);
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    void Show(Validated measured)
    {
        secondsOfMeasuring += pace.Pause();
        measurements++;
        measuredStep = measured.Step;
        var bleu = measured.Bleu is { } value ? $"  BLEU {style.Bold(Human.Fixed(value, 2))}" : "";
        terminal.Say($"step {Human.Count(measured.Step)}  entropy {Human.Fixed(measured.Entropy, 4)}  perplexity {Human.Fixed(Math.Exp(measured.Entropy), 2)}{bleu}{(measured.IsBest ? "  " + style.Green("best so far") : "")}");
        foreach (var (source, reference, translation) in measured.Samples)
        {
            terminal.Say($"  {style.Dim("source     ")}  {Fit(source)}");
            terminal.Say($"  {style.Dim("reference  ")}  {Fit(reference)}");
            terminal.Say($"  {style.Dim("translation")}  {Fit(translation)}");
            terminal.Say();
        }
    }

    string Fit(string text)
    {
        var line = OneLine.Of(text);
        var most = terminal.MessagesAreTerminal ? Math.Max(terminal.Columns() - 16, 20) : 400;
        return line.Length <= most ? line : line[..(char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1)] + "…";
    }

    void Show(Finished finished)
    {
        Clear();
        if (finished.Step != measuredStep && measuredStep != 0) terminal.Say();
        terminal.Say(finished.Reason);
    }
}

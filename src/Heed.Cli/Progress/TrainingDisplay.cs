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
    readonly TaskRecipe recipe;
    readonly Pace pace;
    readonly List<double> losses = [];
    double secondsOfMeasuring;
    int measurements, measuredStep;
    long shown;

    /// <param name="terminal">where to show</param>
    /// <param name="recipe">what is trained: its number of steps and how often it is measured</param>
    public TrainingDisplay(Terminal terminal, TaskRecipe recipe)
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
        if (terminal.MessagesAreTerminal && (step.Report.Number % recipe.Measuring.Every == 0 || step.Report.Number == recipe.Training.Steps))
        {
            terminal.Status($"  {style.Bold(Human.Count(step.Report.Number))}  measuring …");
            return;
        }
        if (shown != 0 && !due && !edge) return;
        shown = terminal.Time.GetTimestamp();
        if (terminal.MessagesAreTerminal) terminal.Status(Line(step.Report));
        else terminal.Say(PlainLine(step.Report));
    }

    string PlainLine(StepReport report) => $"step {report.Number}/{recipe.Training.Steps}  loss {Human.Fixed(report.Loss, 4)}  {Human.Count((long)Math.Round(pace.TokensPerSecond))} tokens/s"
        + $"  rate {Human.Short(report.Rate)}  norm {Human.Fixed(report.GradientNorm, 3)}  remaining {Human.Duration(Remaining(report.Number))}";

    // Wide, narrower, narrowest; what is still too long gives up its last parts.
    string Line(StepReport report)
    {
        var columns = terminal.Columns() - 1;
        foreach (var (gap, curve, percent) in ((int, int, bool)[])[(2, 16, true), (2, 8, false), (1, 6, false)])
        {
            var parts = Parts(report, curve, percent);
            if (parts.Sum(part => gap + part.Plain.Length) <= columns) return Join(parts, gap, columns);
        }
        return Join(Parts(report, 0, percent: false), 1, columns);
    }

    static string Join(IEnumerable<(string Plain, string Styled)> parts, int gap, int columns)
    {
        var line = "";
        var used = 0;
        foreach (var (plain, styled) in parts)
        {
            if ((used += gap + plain.Length) > columns) break;
            line += new string(' ', gap) + styled;
        }
        return line;
    }

    List<(string Plain, string Styled)> Parts(StepReport report, int curve, bool percent)
    {
        var parts = new List<(string, string)>();
        void Add(string text, Func<string, string> dress) => parts.Add((text, dress(text)));
        void Label(string label, string value) => parts.Add(($"{label} {value}", $"{style.Dim(label)} {value}"));
        Add($"{Human.Count(report.Number)}/{Human.Count(recipe.Training.Steps)}", style.Bold);
        if (percent) Add($"{100L * report.Number / recipe.Training.Steps,3} %", style.Dim);
        Label("loss", Human.Fixed(Recent(), 3));
        if (curve > 0) Add(Sparkline.Draw(losses, curve).PadRight(curve), style.Cyan);
        Add($"{Human.Count((long)Math.Round(pace.TokensPerSecond))} tok/s", style.Green);
        Label("left", Human.Duration(Remaining(report.Number)));
        Label("rate", Human.Short(report.Rate));
        Label("norm", Human.Fixed(report.GradientNorm, 2));
        return parts;
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
        if (measurements > 0) seconds += (recipe.Training.Steps - step) / recipe.Measuring.Every * (secondsOfMeasuring / measurements);
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    void Show(Validated measured)
    {
        secondsOfMeasuring += pace.Pause();
        measurements++;
        measuredStep = measured.Step;
        var found = measured.Found;
        var more = string.Concat(
            found.PerCharacter is { } character ? $"  a character {Human.Fixed(character, 4)}" : "",
            found.Bleu is { } bleu ? $"  BLEU {style.Bold(Human.Fixed(bleu, 2))}" : "",
            found.Accuracy is { } accuracy ? $"  accuracy {style.Bold(Human.Fixed(accuracy, 2))} %" : "");
        terminal.Say($"step {Human.Count(measured.Step)}  entropy {Human.Fixed(found.Entropy, 4)}  perplexity {Human.Fixed(Math.Exp(found.Entropy), 2)}{more}{(measured.IsBest ? "  " + style.Green("best so far") : "")}");
        foreach (var sample in found.Samples)
        {
            var widest = sample.Max(text => text.Name.Length);
            foreach (var (name, text) in sample) terminal.Say($"  {style.Dim(name.PadRight(widest))}  {Fit(text)}");
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

using Heed.Cli.Progress;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Runs;

/// <summary>Runs side by side in a terminal, or one of them: what differs in their recipes, what came of it, and their curves.</summary>
sealed class RunComparison(Terminal terminal, IReadOnlyList<RunSummary> runs)
{
    const int NarrowestCell = 12, CurveColumns = 32, MostPoints = 4096;

    readonly Style style = Style.OfOutput(terminal);

    /// <summary>The results of a run, by name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Results(RunSummary run)
    {
        var facts = new RunFacts(run);
        return
        [
            ("state", facts.State), ("steps", facts.Steps), ("epochs", facts.Epochs), ("loss", facts.Loss), ("best", facts.Best), ("at step", facts.BestStep),
            ("perplexity", facts.Perplexity), ("tokens", facts.Tokens), ("FLOP", facts.Flops), ("time", facts.Time), ("tokens/s", facts.Speed), ("size", facts.Size),
        ];
    }

    /// <summary>Writes all of it.</summary>
    public void Print(IReadOnlyList<(string Key, IReadOnlyList<string?> Values)> differences)
    {
        var results = runs.Select(Results).ToList();
        List<(string Name, IReadOnlyList<string> Values)> rows = [.. results[0].Select((row, i) => (row.Name, (IReadOnlyList<string>)[.. results.Select(each => each[i].Value)]))];
        List<(string Name, IReadOnlyList<string> Values)> keys = [.. differences.Select(each => (each.Key, (IReadOnlyList<string>)[.. each.Values.Select(value => value ?? "–")]))];
        var first = keys.Concat(rows).Max(row => row.Name.Length);
        if (runs.Count > 1)
        {
            Write("Recipe", keys, first);
            if (keys.Count == 0) terminal.Output.WriteLine("  the same in every key");
            terminal.Output.WriteLine();
        }
        Write("Result", rows, first);
        foreach (var curve in RunCurve.All) Draw(curve);
    }

    void Write(string title, List<(string Name, IReadOnlyList<string> Values)> rows, int first)
    {
        var most = terminal.OutputIsTerminal ? Math.Max((terminal.Columns() - first - 2) / runs.Count - 2, NarrowestCell) : int.MaxValue;
        var widths = runs.Select((run, i) => Math.Min(most, rows.Select(row => row.Values[i].Length).Append(run.Name.Length).Max())).ToList();
        string Line(IEnumerable<string> cells) => string.Concat(cells.Select((cell, i) => "  " + Fit(cell, widths[i]).PadRight(widths[i]))).TrimEnd();
        terminal.Output.WriteLine(style.Bold(title.PadRight(first + 2)) + style.Bold(Line(runs.Select(run => run.Name))));
        foreach (var (name, values) in rows) terminal.Output.WriteLine($"  {style.Dim(name.PadRight(first))}{Line(values)}");
    }

    static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    // One scale for all runs and all curves, over steps and values, so that what is higher is higher and what is longer was longer.
    void Draw(RunCurve curve)
    {
        var drawn = runs.Select(run => (run.Name, Points: curve.Read(run.History, MostPoints).Where(point => double.IsFinite(point.Value)).ToList())).Where(each => each.Points.Count > 0).ToList();
        if (drawn.Count == 0) return;
        var columns = drawn.Select(each => Columns(each.Points)).ToList();
        double least = columns.Min(values => values.Min()), most = columns.Max(values => values.Max());
        var width = runs.Max(run => run.Name.Length);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(style.Bold(curve.Title) + style.Dim($"  {Human.Fixed(least, curve.Digits)} to {Human.Fixed(most, curve.Digits)}"));
        foreach (var ((name, points), values) in drawn.Zip(columns))
        {
            var line = Sparkline.Draw(values, least, most).PadRight(CurveColumns);
            terminal.Output.WriteLine($"  {name.PadRight(width)}  {style.Cyan(line)}  {Human.Fixed(values[0], curve.Digits)} {style.Dim("→")} {Human.Fixed(values[^1], curve.Digits)}");
        }
    }

    // The mean of the points whose steps fall on a column; where none does, what was there before, and at the beginning what comes first.
    double[] Columns(List<CurvePoint> points)
    {
        var steps = Math.Max(1, runs.Max(run => run.Step));
        var values = new double[Math.Max(1, (int)((long)CurveColumns * points[^1].Step / steps))];
        var value = points[0].Value;
        for (int column = 0, from = 0; column < values.Length; column++)
        {
            var end = column == values.Length - 1 ? int.MaxValue : (long)steps * (column + 1) / CurveColumns;
            var to = from;
            while (to < points.Count && points[to].Step <= end) to++;
            if (to > from) value = points.Skip(from).Take(to - from).Average(point => point.Value);
            values[column] = value;
            from = to;
        }
        return values;
    }
}

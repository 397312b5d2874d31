using Heed.Cli.Progress;
using Heed.Cli.Terminals;
using Heed.Laboratory;

namespace Heed.Cli.Laboratory;

/// <summary>A report in a terminal: tables as they are, curves as lines of levels, matrices as shades.</summary>
sealed class ReportText(Terminal terminal)
{
    const string Shades = " ░▒▓█", Indent = "  ";
    const int Widest = 100, WidestMap = 96, MostMapRows = 40, LongestName = 14;

    readonly TextWriter output = terminal.Output;
    readonly Style style = Style.OfOutput(terminal);
    readonly int columns = terminal.OutputIsTerminal ? Math.Clamp(terminal.Columns(), 40, Widest) : Widest;

    /// <summary>Writes it.</summary>
    public void Write(Report report)
    {
        output.WriteLine(style.Bold(report.Title));
        Paragraph(report.Question, style.Dim);
        output.WriteLine();
        Paragraph(report.Answer, static text => text);
        foreach (var section in report.Sections)
        {
            output.WriteLine();
            output.WriteLine(style.Bold(section.Heading));
            if (section.Equation.Length > 0) Paragraph(section.Equation, style.Cyan);
            if (section.Text.Length > 0) Paragraph(section.Text, style.Dim);
            foreach (var exhibit in section.Exhibits) Write(exhibit);
        }
    }

    void Write(Exhibit exhibit)
    {
        output.WriteLine();
        output.WriteLine(Indent + style.Green(exhibit.Title));
        switch (exhibit)
        {
            case TableExhibit table: Table(table.Columns, table.Rows); break;
            case CurvesExhibit curves: Curves(curves); break;
            case HeatMapExhibit map: HeatMap(map); break;
            case TraceExhibit trace: Trace(trace); break;
        }
    }

    void Table(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new TextTable([.. heads.Select((head, i) => (head, IsNumber: i > 0 && rows.All(row => IsNumber(row[i])), heads.Count - i))]);
        foreach (var row in rows) table.Add([.. row.Select(cell => (cell, (Func<string, string>)(static text => text)))]);
        foreach (var line in table.Lines(terminal.OutputIsTerminal ? columns - Indent.Length : int.MaxValue, style)) output.WriteLine(Indent + line);
    }

    static bool IsNumber(string cell) => cell.Length > 0 && cell.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '+' or 'e' or '−' or '%' or ' ');

    void Curves(CurvesExhibit curves)
    {
        var all = curves.Curves.SelectMany(curve => curve.Y).Select(Level).Where(double.IsFinite).ToList();
        if (all.Count == 0) return;
        var widest = curves.Curves.Max(curve => curve.Name.Length);
        var room = Math.Max(columns - Indent.Length - widest - 2 - 24, 8);
        foreach (var curve in curves.Curves)
        {
            var some = Thin(curve.Y, room);
            var drawn = Sparkline.Draw([.. some.Select(Level).Select(y => double.IsFinite(y) ? y : all.Min())], all.Min(), all.Max());
            output.WriteLine($"{Indent}{curve.Name}{new string(' ', widest - curve.Name.Length)}  {style.Cyan(drawn)}  {Human.Short(curve.Y[0])} … {Human.Short(curve.Y[^1])}");
        }
        var first = curves.Curves[0];
        output.WriteLine($"{Indent}{new string(' ', widest)}  {style.Dim($"{curves.Y} against {curves.X}, {Human.Short(first.X[0])} to {Human.Short(first.X[^1])}{(curves.LogX ? ", logarithmic" : "")}{(curves.LogY ? "; levels are logarithmic" : "")}")}");

        double Level(double y) => curves.LogY ? Math.Log10(y) : y;
    }

    static IEnumerable<double> Thin(IReadOnlyList<double> values, int most)
        => values.Count <= most ? values : Enumerable.Range(0, most).Select(i => values[(int)((long)i * (values.Count - 1) / (most - 1))]);

    void HeatMap(HeatMapExhibit map)
    {
        int rows = map.Values.GetLength(0), across = map.Values.GetLength(1);
        if (rows > MostMapRows || 2 * across > WidestMap)
        {
            output.WriteLine(Indent + style.Dim($"{rows} × {across} numbers: on the page (--output FILE)."));
            return;
        }
        var margin = Math.Min(map.Rows.Max(name => name.Length), LongestName);
        var most = map.Values.Cast<double>().Max(Math.Abs);
        var names = !map.IsSigned && !map.Columns.All(IsNumber);
        for (var i = 0; i < rows; i++)
        {
            var shades = string.Concat(Enumerable.Range(0, across).Select(j => new string(Shades[(int)Math.Round(Math.Abs(map.Values[i, j]) / (most > 0 ? most : 1) * (Shades.Length - 1))], 2)));
            output.WriteLine($"{Indent}{Cut(map.Rows[i], margin).PadLeft(margin)} {style.Cyan(shades)}{(names ? $"  {style.Dim(Cut(Greatest(map, i), LongestName))}" : "")}".TrimEnd());
        }
    }

    // Under shades two columns wide there is no room for names: each row says which column it has most of.
    static string Greatest(HeatMapExhibit map, int i) => map.Columns[Enumerable.Range(0, map.Columns.Count).MaxBy(j => map.Values[i, j])];

    static string Cut(string name, int length) => name.Length <= length ? name : name[..(length - 1)] + "…";

    void Trace(TraceExhibit trace)
    {
        foreach (var matrix in trace.Matrices)
        {
            output.WriteLine($"{Indent}{style.Bold(matrix.Name)}{(matrix.Equation.Length > 0 ? "  " + style.Dim(matrix.Equation) : "")}");
            for (var i = 0; i < matrix.Values.GetLength(0); i++)
                output.WriteLine(Indent + Indent + string.Join(" ", Enumerable.Range(0, matrix.Values.GetLength(1)).Select(j => Cell(matrix.Values[i, j]))));
        }
    }

    static string Cell(double value) => (value == Math.Round(value) ? Human.Fixed(value, 0) : Human.Fixed(value, 4)).PadLeft(8);

    void Paragraph(string text, Func<string, string> dress)
    {
        foreach (var line in HelpText.Wrap(text, columns - Indent.Length)) output.WriteLine(Indent + dress(line));
    }
}

namespace Heed.Cli.Terminals;

/// <summary>A table of plain text, its columns as wide as their widest cell.</summary>
/// <param name="columns">heads; numbers stand at the right of their column; what is least important goes first where a line is too long</param>
sealed class TextTable(params IReadOnlyList<(string Head, bool IsNumber, int Importance)> columns)
{
    const int Gap = 2;

    readonly List<(string Text, Func<string, string> Dress)[]> rows = [];

    /// <summary>Appends a row: the text of each cell and how it is coloured.</summary>
    public void Add(params (string Text, Func<string, string> Dress)[] cells) => rows.Add(cells);

    /// <summary>Its lines, none longer than so many columns as long as two columns are left.</summary>
    public IEnumerable<string> Lines(int width, Style style)
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Text.Length).Append(column.Head.Length).Max()).ToList();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (shown.Count > 2 && shown.Sum(i => widths[i] + Gap) - Gap > width) shown.Remove(shown.MinBy(i => columns[i].Importance));
        yield return Line(i => (columns[i].Head, style.Dim));
        foreach (var row in rows) yield return Line(i => row[i]);

        string Line(Func<int, (string Text, Func<string, string> Dress)> cell)
        {
            var parts = shown.Select(i => (Cell: cell(i), Room: widths[i], columns[i].IsNumber)).Select((part, place) =>
            {
                var room = new string(' ', part.Room - part.Cell.Text.Length);
                var text = part.Cell.Dress(part.Cell.Text);
                return part.IsNumber ? room + text : place == shown.Count - 1 ? text : text + room;
            });
            return string.Join(new string(' ', Gap), parts).TrimEnd();
        }
    }
}

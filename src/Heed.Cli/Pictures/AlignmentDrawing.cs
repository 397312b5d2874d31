using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Pictures;

/// <summary>Draws in a terminal which source words a translation looked at: a row for each target word, shades for weights.</summary>
static class AlignmentDrawing
{
    const string Shades = " ░▒▓█";
    const int NarrowestColumn = 3;

    /// <summary>The drawing, a line each: source words at the top, each over its column; where that is too wide, each target word with the one it was made from.</summary>
    /// <param name="alignment">the words of both sides and what looked at what</param>
    /// <param name="columns">how wide a line may be</param>
    /// <param name="style">its colours</param>
    public static IReadOnlyList<string> Draw(WordAlignment alignment, int columns, Style style)
    {
        var margin = alignment.Target.Max(Width) + 1;
        int[] widths = [.. alignment.Source.Select(word => Math.Max(Width(word), NarrowestColumn))];
        return margin + widths.Sum(width => width + 1) <= columns ? Grid(alignment, margin, widths, style) : List(alignment, margin, style);
    }

    static List<string> Grid(WordAlignment alignment, int margin, int[] widths, Style style)
    {
        List<string> lines = [new string(' ', margin) + style.Dim(string.Join(' ', alignment.Source.Select((word, s) => word + new string(' ', widths[s] - Width(word)))).TrimEnd())];
        for (var t = 0; t < alignment.Target.Count; t++)
        {
            var row = string.Join(' ', widths.Select((width, s) => new string(Shade(alignment.Weights[t, s]), width))).TrimEnd();
            lines.Add(new string(' ', margin - 1 - Width(alignment.Target[t])) + alignment.Target[t] + " " + style.Cyan(row));
        }
        return lines;
    }

    static List<string> List(WordAlignment alignment, int margin, Style style)
        => [.. alignment.Links().Select(link => $"{new string(' ', margin - 1 - Width(alignment.Target[link.Target]))}{alignment.Target[link.Target]} {style.Dim("←")} {alignment.Source[link.Source]} "
            + style.Dim($"{Human.Fixed(100 * alignment.Weights[link.Target, link.Source], 0)} %"))];

    static char Shade(float weight) => Shades[(int)Math.Clamp(MathF.Round(weight * (Shades.Length - 1)), 0, Shades.Length - 1)];

    // Characters as people count them; those of wide scripts take two columns in most terminals.
    static int Width(string word)
    {
        var width = 0;
        for (var elements = StringInfo.GetTextElementEnumerator(word); elements.MoveNext();) width += IsWide(elements.GetTextElement()[0]) ? 2 : 1;
        return width;
    }

    static bool IsWide(char first)
        => first is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60') or (>= '\uD83C' and <= '\uD83E');
}

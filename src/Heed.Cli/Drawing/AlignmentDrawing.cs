using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Drawing;

/// <summary>Draws an alignment as text: the source across, the translation down, darker where the decoder looked more.</summary>
sealed class AlignmentDrawing(Terminal terminal)
{
    const string Shades = " ░▒▓█";
    const int Margin = 2, Gap = 1;

    readonly Style style = Style.OfOutput(terminal);

    /// <summary>Writes the drawing, and an empty line below it.</summary>
    public void Write(WordAlignment alignment, TextWriter writer)
    {
        var left = Margin + alignment.Target.Max(WidthOf) + Gap;
        if (left + alignment.Source.Sum(word => WidthOf(word) + Gap) <= terminal.Columns()) Grid(alignment, left, writer);
        else List(alignment, writer);
        writer.WriteLine();
    }

    void Grid(WordAlignment alignment, int left, TextWriter writer)
    {
        writer.WriteLine(new string(' ', left) + style.Dim(string.Join(new string(' ', Gap), alignment.Source)));
        for (var j = 0; j < alignment.Target.Count; j++)
        {
            writer.Write(new string(' ', Margin) + alignment.Target[j] + new string(' ', left - Margin - WidthOf(alignment.Target[j])));
            for (var i = 0; i < alignment.Source.Count; i++)
                writer.Write(style.Cyan(new string(Shade(alignment.Weights[j, i]), WidthOf(alignment.Source[i]))) + new string(' ', Gap));
            writer.WriteLine();
        }
    }

    // A source too long for the terminal's width: each word with the one that it was made from.
    void List(WordAlignment alignment, TextWriter writer)
    {
        var width = alignment.Target.Max(WidthOf);
        foreach (var (i, j) in alignment.Links())
            writer.WriteLine($"{new string(' ', Margin)}{alignment.Target[j]}{new string(' ', width - WidthOf(alignment.Target[j]))} {style.Dim("←")} {alignment.Source[i]}  {style.Dim(Human.Fixed(100 * alignment.Weights[j, i], 0) + " %")}");
    }

    static char Shade(float weight) => Shades[(int)Math.Clamp(MathF.Ceiling(weight * Shades.Length - 0.5f), 0, Shades.Length - 1)];

    // Characters as people count them; wide scripts take two columns in most terminals.
    static int WidthOf(string word)
    {
        var width = 0;
        for (var elements = StringInfo.GetTextElementEnumerator(word); elements.MoveNext();)
            width += elements.GetTextElement()[0] is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60') or (>= '\uD83C' and <= '\uD83E') ? 2 : 1;
        return width;
    }
}

using System.Globalization;
using System.Text;
using Heed.Translation;

namespace Heed.Cli.Pictures;

/// <summary>Draws in a terminal which source words a translation looked at: a row for each target word, shades for weights.</summary>
static class AlignmentDrawing
{
    const string Shades = " ░▒▓█";

    /// <summary>The drawing, a line each; source words stand at the top, each over its column.</summary>
    /// <param name="alignment">the words of both sides and what looked at what</param>
    public static IReadOnlyList<string> Draw(WordAlignment alignment)
    {
        var margin = alignment.Target.Max(Width) + 2;
        var columns = alignment.Source.Select(word => Math.Max(Width(word), 3) + 1).ToArray();
        var lines = new List<string> { new string(' ', margin) + string.Concat(alignment.Source.Select((word, s) => Pad(word, columns[s]))) };
        for (var t = 0; t < alignment.Target.Count; t++)
        {
            var line = new StringBuilder(new string(' ', margin - 1 - Width(alignment.Target[t]))).Append(alignment.Target[t]).Append(' ');
            for (var s = 0; s < columns.Length; s++)
                line.Append(Shades[Math.Min(Shades.Length - 1, (int)MathF.Round(alignment.Weights[t, s] * (Shades.Length - 1)))], columns[s] - 1).Append(' ');
            lines.Add(line.ToString().TrimEnd());
        }
        return lines;
    }

    static string Pad(string word, int width) => word + new string(' ', width - Width(word));

    static int Width(string word) => new StringInfo(word).LengthInTextElements;
}

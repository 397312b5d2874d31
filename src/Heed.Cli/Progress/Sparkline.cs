namespace Heed.Cli.Progress;

/// <summary>A curve in one line of text.</summary>
static class Sparkline
{
    const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>One character for each column, from the mean of the values that fall on it; the smallest lowest, the greatest highest.</summary>
    public static string Draw(IReadOnlyList<double> values, int columns)
    {
        columns = Math.Min(columns, values.Count);
        if (columns <= 0) return "";
        var means = new double[columns];
        for (var i = 0; i < columns; i++)
        {
            int start = (int)((long)i * values.Count / columns), end = (int)((long)(i + 1) * values.Count / columns);
            for (var k = start; k < end; k++) means[i] += values[k] / (end - start);
        }
        double least = means.Min(), range = means.Max() - least;
        return string.Concat(means.Select(mean => Levels[range > 0 ? (int)Math.Min((mean - least) / range * Levels.Length, Levels.Length - 1) : 0]));
    }
}

namespace Heed.Cli.Progress;

/// <summary>A curve in one line of text.</summary>
static class Sparkline
{
    const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>One character for each column, from the mean of the values that fall on it; the smallest lowest, the greatest highest.</summary>
    public static string Draw(IReadOnlyList<double> values, int columns)
    {
        var means = Means(values, columns);
        return means.Length == 0 ? "" : Draw(means, means.Min(), means.Max());
    }

    static double[] Means(IReadOnlyList<double> values, int columns)
    {
        columns = Math.Max(Math.Min(columns, values.Count), 0);
        var means = new double[columns];
        for (var i = 0; i < columns; i++)
        {
            int start = (int)((long)i * values.Count / columns), end = (int)((long)(i + 1) * values.Count / columns);
            for (var k = start; k < end; k++) means[i] += values[k] / (end - start);
        }
        return means;
    }

    /// <summary>One character for each value between two bounds, so that several curves can be held against each other.</summary>
    public static string Draw(ReadOnlySpan<double> values, double least, double most)
    {
        var curve = new char[values.Length];
        for (var i = 0; i < curve.Length; i++) curve[i] = Levels[most > least ? (int)Math.Clamp((values[i] - least) / (most - least) * Levels.Length, 0, Levels.Length - 1) : 0];
        return new(curve);
    }
}

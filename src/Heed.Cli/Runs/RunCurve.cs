using Heed.Translation;

namespace Heed.Cli.Runs;

/// <summary>A point of a curve.</summary>
/// <param name="Step">after which step</param>
/// <param name="Seconds">since the run began</param>
/// <param name="Value">what was there</param>
readonly record struct CurvePoint(int Step, double Seconds, double Value);

/// <summary>A quantity of runs over their steps.</summary>
/// <param name="Key">its name for scripts</param>
/// <param name="Title">its name for people</param>
/// <param name="Digits">after the point</param>
/// <param name="Read">its points in a run, not more than so many</param>
sealed record RunCurve(string Key, string Title, int Digits, Func<RunHistory, int, IReadOnlyList<CurvePoint>> Read)
{
    /// <summary>All that are drawn.</summary>
    public static IReadOnlyList<RunCurve> All { get; } =
    [
        new("loss", "training loss", 3, static (history, most) => Means(history, [.. history.Steps.Select(step => new CurvePoint(step.Step, 0, step.Loss))], most)),
        new("bleu", "BLEU", 2, static (history, most) => Means(history, [.. history.Measurements.Where(measured => measured.Bleu is not null).Select(measured => new CurvePoint(measured.Step, 0, measured.Bleu!.Value))], most)),
        new("accuracy", "accuracy", 2, static (history, most) => Means(history, [.. history.Measurements.Where(measured => measured.Accuracy is not null).Select(measured => new CurvePoint(measured.Step, 0, measured.Accuracy!.Value))], most)),
        new("entropy", "validation entropy", 3, static (history, most) => Means(history, [.. history.Measurements.Select(measured => new CurvePoint(measured.Step, 0, measured.Entropy))], most)),
        new("speed", "tokens/s", 0, static (history, most) => Speeds(history.Paces, most)),
    ];

    // Of points that are too many, the means of neighbours, each at its last step.
    static List<CurvePoint> Means(RunHistory history, List<CurvePoint> points, int most)
    {
        var curve = new List<CurvePoint>();
        var count = Math.Min(most, points.Count);
        for (var i = 0; i < count; i++)
        {
            int start = (int)((long)i * points.Count / count), end = (int)((long)(i + 1) * points.Count / count);
            var step = points[end - 1].Step;
            curve.Add(new(step, history.SecondsAt(step), points.Skip(start).Take(end - start).Average(point => point.Value)));
        }
        return curve;
    }

    static List<CurvePoint> Speeds(IReadOnlyList<RunPace> paces, int most)
    {
        var curve = new List<CurvePoint>();
        var before = 0;
        for (var i = 1; i <= most && paces.Count > 1; i++)
        {
            var at = (int)((long)i * (paces.Count - 1) / most);
            var (from, to) = (paces[before], paces[at]);
            // Between two paces at one step nothing was trained.
            if (to.Busy <= from.Busy) continue;
            curve.Add(new(to.Step, to.Seconds, (to.Tokens - from.Tokens) / (to.Busy - from.Busy)));
            before = at;
        }
        return curve;
    }
}

using System.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>
/// Writes down what happens in a run beside what the run computes: its pace and the events for TensorBoard. Both know the clock,
/// so both are other bytes every time; nothing that is computed reads them.
/// </summary>
sealed class RunJournal : IDisposable
{
    // Curves need about a thousand points, however long a run takes.
    const double ShortestBeat = 1, BeatsOfSession = 1000;

    readonly TimeProvider time;
    readonly PaceFile paces;
    readonly EventFile events;
    readonly long began;
    long last;
    RunPace now, noted;
    Means means;

    /// <param name="folder">the run's</param>
    /// <param name="step">how many steps are done</param>
    /// <param name="threads">how many threads work</param>
    /// <param name="time">tells the time</param>
    public RunJournal(RunFolder folder, int step, int threads, TimeProvider time)
    {
        this.time = time;
        began = last = time.GetTimestamp();
        now = noted = new RunPace(step, 0, 0, 0);
        paces = new PaceFile(folder.Pace, step, threads, time.GetUtcNow());
        events = EventFile.Create(folder.Root, step, time);
    }

    /// <summary>Notes what just happened.</summary>
    public void Note(RunEvent happened)
    {
        var instant = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, instant).TotalSeconds;
        last = instant;
        now = now with { Seconds = time.GetElapsedTime(began, instant).TotalSeconds };
        switch (happened)
        {
            case Stepped step: Note(step.Report, passed); break;
            case Validated measured: Note(measured); break;
            default: Beat(); break;
        }
    }

    void Note(in StepReport report, double passed)
    {
        now = now with { Step = report.Number, Busy = now.Busy + passed, Tokens = now.Tokens + report.TargetTokens };
        means.Add(report);
        if (now.Seconds - noted.Seconds >= Math.Max(ShortestBeat, now.Seconds / BeatsOfSession)) Beat();
    }

    void Note(Validated measured)
    {
        Beat();
        events.Scalars(measured.Step, ("validation/entropy", measured.Entropy), ("validation/perplexity", Math.Exp(measured.Entropy)));
        if (measured.Bleu is { } bleu) events.Scalars(measured.Step, ("validation/bleu", bleu));
        if (measured.Found.Accuracy is { } accuracy) events.Scalars(measured.Step, ("validation/accuracy", accuracy));
        if (measured.Found.PerCharacter is { } character) events.Scalars(measured.Step, ("validation/entropy_per_character", character));
        if (measured.Found.Samples.Count > 0) events.Text(measured.Step, "validation/samples", Table(measured.Found.Samples));
        events.Flush();
    }

    void Beat()
    {
        paces.Add(now);
        if (means.Steps > 0)
        {
            events.Scalars(now.Step, ("train/loss", means.Loss), ("train/entropy", means.Entropy), ("train/perplexity", Math.Exp(means.Entropy)),
                ("train/rate", means.Rate), ("train/norm", means.Norm), ("train/tokens_per_second", (now.Tokens - noted.Tokens) / Math.Max(now.Busy - noted.Busy, 1e-9)));
            events.Flush();
        }
        (noted, means) = (now, default);
    }

    static string Table(IReadOnlyList<IReadOnlyList<(string Name, string Text)>> samples)
    {
        var table = new StringBuilder(Row(samples[0].Select(cell => cell.Name)));
        table.Append('|').Append(string.Concat(Enumerable.Repeat("---|", samples[0].Count))).Append('\n');
        foreach (var sample in samples) table.Append(Row(sample.Select(cell => cell.Text)));
        return table.ToString();
    }

    static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Cell))} |\n";

    static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Closes both files.</summary>
    public void Dispose()
    {
        paces.Dispose();
        events.Dispose();
    }

    /// <summary>Means over the target ids of the steps since the last beat; the rate is the last step's.</summary>
    struct Means
    {
        double loss, entropy, norm, tokens;

        public int Steps { get; private set; }

        public double Rate { get; private set; }

        public readonly double Loss => loss / tokens;

        public readonly double Entropy => entropy / tokens;

        public readonly double Norm => norm / Steps;

        public void Add(in StepReport report)
        {
            Steps++;
            Rate = report.Rate;
            loss += report.Loss * report.TargetTokens;
            entropy += report.Entropy * report.TargetTokens;
            norm += report.GradientNorm;
            tokens += report.TargetTokens;
        }
    }
}

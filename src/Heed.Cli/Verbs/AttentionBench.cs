using System.Diagnostics;
using Heed.Kernels;

namespace Heed.Cli.Verbs;

/// <summary>A problem of <c>heed bench attention</c>: who looks where, and what is computed.</summary>
/// <param name="Name">how many rows or pairs there are</param>
/// <param name="Pairs">one after another, as in a batch</param>
/// <param name="Heads">of queries, and as many of keys</param>
/// <param name="Width">of a head</param>
sealed record AttentionBench(string Name, SegmentPair[] Pairs, int Heads, int Width)
{
    const int MostSamples = 9;
    const double SecondsAProblem = 1.5, SecondsASample = 0.01, SecondsOfWarmUp = 0.3;

    /// <summary>Whether a query sees the keys up to its own position only.</summary>
    public bool Causal { get; init; }

    /// <summary>Whether the gradients are computed too.</summary>
    public bool Backward { get; init; }

    /// <summary>Where keys stand, when those of a pair do not follow one another.</summary>
    public int[]? KeyRows { get; init; }

    /// <summary>One sequence that looks at itself.</summary>
    public static AttentionBench Long(int rows) => new($"{rows} rows", [new(0, rows, 0, rows, 0)], 8, 64);

    /// <summary>A batch as in training: sentences of 5 to 40 rows.</summary>
    public static AttentionBench Short(int heads, int width)
    {
        var pairs = new SegmentPair[256];
        nint row = 0;
        for (var i = 0; i < pairs.Length; row += pairs[i++].Queries)
        {
            var rows = 5 + i * 13 % 36;
            pairs[i] = new(row, rows, row, rows, 0);
        }
        return new($"{pairs.Length} pairs of 5–40", pairs, heads, width);
    }

    /// <summary>A step of decoding: each hypothesis asks once, about 10 to 60 keys that stand among those of the others.</summary>
    public static AttentionBench Decoding(int heads, int width)
    {
        const int hypotheses = 160, least = 10, most = 60;
        var pairs = new SegmentPair[hypotheses];
        var rows = new int[hypotheses * most];
        for (var h = 0; h < hypotheses; h++)
        {
            for (var t = 0; t < most; t++) rows[h * most + t] = t * hypotheses + (h + t) % hypotheses;
            var keys = least + h * 13 % (most - least + 1);
            pairs[h] = new(h, 1, h * most, keys, keys - 1);
        }
        return new($"{hypotheses} × 1 to 10–60", pairs, heads, width) { KeyRows = rows };
    }

    /// <summary>Two products of a query with each key it sees, and five more for the gradients, one of them the first again.</summary>
    double Flops => (Backward ? 14.0 : 4.0) * Heads * Width * Visible;

    double Visible => Pairs.Sum(pair => Causal
        ? Enumerable.Range(pair.Past, pair.Queries).Sum(position => (double)Math.Min(position + 1, pair.Keys))
        : (double)pair.Queries * pair.Keys);

    /// <summary>Measures peak and attention in turn, on a thread of its own, whose scratch memory nobody has used before.</summary>
    public AttentionFigures Measure(int threads)
    {
        AttentionFigures figures = default;
        var measuring = new Thread(() => figures = new Run(this, threads).Measure());
        measuring.Start();
        measuring.Join();
        return figures;
    }

    /// <summary>The memory of one measurement.</summary>
    sealed class Run(AttentionBench problem, int threads)
    {
        readonly List<FloatMemory> owned = [];
        readonly nint queries = problem.Pairs.Max(pair => pair.QueryStart + pair.Queries), 
            keys = problem.KeyRows?.Length ?? problem.Pairs.Max(pair => pair.KeyStart + pair.Keys);

        public AttentionFigures Measure()
        {
            var scratch = Scratch.Meter();
            using var workers = new Workers(threads);
            var once = Prepare(workers);
            var samples = Samples(workers, once);
            var extra = scratch.Bytes + (problem.Backward ? sizeof(float) * (long)queries * problem.Heads : 0);
            owned.ForEach(memory => memory.Dispose());
            var (seconds, peak) = (Shared.Median([.. samples.Select(sample => sample.Seconds)]), Shared.Median([.. samples.Select(sample => sample.Peak)]));
            return new(seconds, problem.Flops / seconds / 1e9, peak, extra);
        }

        // The first peak is not counted, because its code is compiled meanwhile.
        static List<(double Seconds, double Peak)> Samples(Workers workers, Action once)
        {
            var samples = new List<(double, double)>();
            Peak.MultiplyAdd(workers, Peak.WidestBits);
            var (peak, seconds) = (Peak.MultiplyAdd(workers, Peak.WidestBits), Time(once, 1));
            // What takes a second has warmed up on the way.
            if (seconds > 1) samples.Add((seconds, peak));
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsOfWarmUp && seconds <= 1;) seconds = Math.Min(seconds, Time(once, 1));
            var times = (int)Math.Max(1, SecondsASample / seconds);
            var count = Math.Clamp((int)(SecondsAProblem / (times * seconds)), 1, MostSamples);
            while (samples.Count < count)
            {
                peak = Peak.MultiplyAdd(workers, Peak.WidestBits);
                samples.Add((Time(once, times), peak));
            }
            return samples;
        }

        static double Time(Action once, int times)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++) once();
            return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
        }

        Action Prepare(Workers workers)
            => problem.Causal ? Prepare(workers, new AttentionRule<CausalMask, NoBias>()) : Prepare(workers, new AttentionRule<FullMask, NoBias>());

        Action Prepare<TMask>(Workers workers, AttentionRule<TMask, NoBias> rule) where TMask : struct, IMask
        {
            var sizes = new AttentionSizes(problem.Heads, problem.Heads, problem.Width, problem.Width, 1 / MathF.Sqrt(problem.Width));
            var inputs = new AttentionInputs(Filled(queries, 17), Filled(keys, 19), Filled(keys, 23)) { KeyRows = problem.KeyRows };
            var outputs = new AttentionOutputs(Filled(queries, 1), problem.Backward ? Take(queries * problem.Heads) : default);
            if (!problem.Backward) return () => Kernels.Attention.Forward(workers, inputs, problem.Pairs, sizes, rule, outputs);
            var gradients = new AttentionGradients(Filled(queries, 29), Filled(queries, 1), Filled(keys, 1), Filled(keys, 1), Accumulate: false);
            return () =>
            {
                Kernels.Attention.Forward(workers, inputs, problem.Pairs, sizes, rule, outputs);
                Kernels.Attention.Backward(workers, inputs, problem.Pairs, sizes, rule, outputs, gradients);
            };
        }

        StridedRows Filled(nint rows, int period)
        {
            nint width = problem.Heads * problem.Width;
            var data = Take(rows * width);
            for (nint i = 0; i < data.Length; i++) data[i] = (i % period - period / 2) / 16f;
            return new(data, width);
        }

        Floats Take(nint length)
        {
            var memory = new FloatMemory(length);
            owned.Add(memory);
            return memory.Floats;
        }
    }
}

/// <summary>What a measurement gave.</summary>
/// <param name="Seconds">of one computation</param>
/// <param name="Gflops">of attention, in 10⁹ operations a second</param>
/// <param name="PeakGflops">of multiply-adds on registers alone</param>
/// <param name="ExtraBytes">what the kernel took beside its inputs and outputs</param>
readonly record struct AttentionFigures(double Seconds, double Gflops, double PeakGflops, long ExtraBytes);

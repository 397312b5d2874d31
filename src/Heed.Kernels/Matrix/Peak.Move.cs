using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Peak
{
    const int MostRuns = 8;

    /// <summary>
    /// How fast floats can be moved by a kernel that does next to nothing with them, in 10⁹ bytes a second, all threads together:
    /// what is read is added up, added to what is changed and written where it is written. What a run's change costs counts twice.
    /// </summary>
    /// <param name="workers">The threads that move.</param>
    /// <param name="runs">Runs of one length: those only read, then those changed in place, then those only written; 1 to 8.</param>
    /// <param name="read">How many are only read.</param>
    /// <param name="changed">How many are changed.</param>
    /// <param name="times">How often all is moved, at least once.</param>
    /// <exception cref="ArgumentException">Runs differ in length, or there are too many or too few.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is to be moved less than once.</exception>
    public static double Move(Workers workers, ReadOnlySpan<Floats> runs, int read, int changed, int times)
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (runs.Length is 0 or > MostRuns || read < 0 || changed < 0 || read + changed > runs.Length)
            throw new ArgumentException(
                $"There are {runs.Length} runs, {read} of them to read and {changed} to change; 1 to {MostRuns} were expected, of which those are part.", nameof(runs));
        foreach (var run in runs) Lengths.Equal(runs[0], run, "the first run", nameof(runs));
        var length = runs[0].Length;
        var start = Stopwatch.GetTimestamp();
        fixed (Floats* first = runs)
        {
            for (var i = 0; i < times; i++)
                workers.Split((length + ReadBlock - 1) / ReadBlock, 1, new Mover(first, read, read + changed, runs.Length));
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (double)(runs.Length + changed) * sizeof(float) * length * times / seconds / 1e9;
    }

    readonly struct Mover(Floats* runs, int endOfRead, int endOfChanged, int count) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            nint at = start * ReadBlock, last = Math.Min(end * ReadBlock, runs[0].Length);
            for (; at <= last - 64; at += 64)
            {
                Vector512<float> a = default, b = default, c = default, d = default;
                var run = 0;
                for (; run < endOfRead; run++)
                {
                    var x = runs[run].Start + at;
                    a += Vector512.Load(x);
                    b += Vector512.Load(x + 16);
                    c += Vector512.Load(x + 32);
                    d += Vector512.Load(x + 48);
                }
                for (; run < endOfChanged; run++)
                {
                    var x = runs[run].Start + at;
                    (Vector512.Load(x) + a).Store(x);
                    (Vector512.Load(x + 16) + b).Store(x + 16);
                    (Vector512.Load(x + 32) + c).Store(x + 32);
                    (Vector512.Load(x + 48) + d).Store(x + 48);
                }
                for (; run < count; run++)
                {
                    var x = runs[run].Start + at;
                    a.Store(x);
                    b.Store(x + 16);
                    c.Store(x + 32);
                    d.Store(x + 48);
                }
                sink = a.ToScalar() + b.ToScalar() + (c.ToScalar() + d.ToScalar());
            }
        }
    }
}

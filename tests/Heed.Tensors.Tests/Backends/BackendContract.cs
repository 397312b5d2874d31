using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>What every backend promises of its primitives: the equation, within a stated distance, at every length, nothing beside.</summary>
public abstract class BackendContract(Backend backend) : IDisposable
{
    static readonly int[] Lengths = [0, 1, 15, 16, 17, 33, 127, 100_003];
    static readonly (int Rows, int Columns)[] Sizes = [(0, 5), (1, 1), (1, 17), (3, 16), (17, 33), (5, 127), (601, 257)];

    protected Backend Backend => backend;

    [Fact, Covers(nameof(Backend.Allocate))]
    public void Memory_is_as_long_as_was_asked_for()
    {
        foreach (var length in Lengths)
        {
            using var memory = Backend.Allocate(length);
            Assert.Equal(length, memory.Floats.Length);
        }
    }

    [Fact, Covers(nameof(Backend.Each), "get_" + nameof(Backend.Threads))]
    public void Each_job_is_done_once_and_computes_the_same_beside_others_as_alone()
    {
        Assert.InRange(Backend.Threads, 1, 1024);
        foreach (var count in (int[])[0, 1, 2, 9])
        {
            var done = new int[count];
            var sums = new double[count];
            using var numbers = new FloatMemory(70_000);
            for (nint i = 0; i < numbers.Floats.Length; i++) numbers.Floats[i] = 1f / (i + 1);
            Backend.Each(count, i =>
            {
                Interlocked.Increment(ref done[i]);
                sums[i] = Backend.Sum(numbers.Floats);
            });
            Assert.All(done, times => Assert.Equal(1, times));
            Assert.All(sums, sum => Assert.Equal(Backend.Sum(numbers.Floats), sum));
        }
    }

    [Fact, Covers(nameof(Backend.Copy))]
    public void Copy_is_the_same_bits() => ForEachLength((numbers, n, _) =>
    {
        var x = numbers.Draw(n);
        Holds(0, i => x[i], run => Written(numbers.Room(n), y => run.Copy(x, y)));
    });

    [Fact, Covers(nameof(Backend.Scale))]
    public void Scale_is_a_times_x() => ForEachLength((numbers, n, accumulate) =>
    {
        Floats x = numbers.Draw(n), old = numbers.Old(n, accumulate);
        Holds(2e-7, i => 0.7f * (double)x[i] + (accumulate ? old[i] : 0), run => Written(numbers.Copy(old), y => run.Scale(x, 0.7f, y, accumulate)));
    });

    [Fact, Covers(nameof(Backend.Multiply))]
    public void Multiply_is_x_times_y() => ForEachLength((numbers, n, accumulate) =>
    {
        Floats x = numbers.Draw(n), y = numbers.Draw(n), old = numbers.Old(n, accumulate);
        Holds(2e-7, i => (double)x[i] * y[i] + (accumulate ? old[i] : 0), run => Written(numbers.Copy(old), z => run.Multiply(x, y, z, accumulate)));
    });

    [Fact, Covers(nameof(Backend.Map))]
    public void Map_is_the_function_of_each_number() => ForEachLength((numbers, n, _) =>
    {
        var x = numbers.Draw(n);
        Holds(1e-6, i => Math.Tanh(x[i]), run => Written(numbers.Room(n), y => run.Map<Tanh>(x, y)));
        Holds(0, i => Math.Max(x[i], 0), run => Written(numbers.Copy(x), y => run.Map<Relu>(y, y)));
    });

    [Fact, Covers(nameof(Backend.MapBack))]
    public void MapBack_is_the_slope_times_dy() => ForEachLength((numbers, n, accumulate) =>
    {
        Floats x = numbers.Draw(n), dy = numbers.Draw(n), old = numbers.Old(n, accumulate);
        double Slope(nint i) => (1 - Math.Pow(Math.Tanh(x[i]), 2)) * dy[i];
        Holds(1e-6, i => Slope(i) + (accumulate ? old[i] : 0), run => Written(numbers.Copy(old), dx => run.MapBack<Tanh>(x, dy, dx, accumulate)));
        if (accumulate) return;
        Holds(1e-6, Slope, run => Written(numbers.Copy(dy), dx => run.MapBack<Tanh>(x, dx, dx, false)));
        Holds(1e-6, Slope, run => Written(numbers.Copy(x), dx => run.MapBack<Tanh>(dx, dy, dx, false)));
    });

    [Fact, Covers(nameof(Backend.Product))]
    public void Product_is_the_sum_over_k_in_all_transposed_forms()
    {
        foreach (var (m, k, n) in ((int, int, int)[])[(0, 3, 5), (1, 1, 1), (3, 0, 5), (1, 33, 17), (17, 16, 15), (33, 127, 31), (129, 67, 131)])
            foreach (var form in Enumerable.Range(0, 8))
            {
                using var numbers = new Numbers(1);
                var a = (form & 1) == 0 ? numbers.Draw(m, k) : numbers.Draw(k, m).Transposed;
                var b = (form & 2) == 0 ? numbers.Draw(k, n) : numbers.Draw(n, k).Transposed;
                var accumulate = (form & 4) != 0;
                var old = numbers.Old(m * n, accumulate);
                double Element(nint at)
                {
                    double sum = accumulate ? old[at] : 0;
                    for (nint i = 0; i < k; i++) sum += (double)a[at / n, i] * b[i, at % n];
                    return sum;
                }
                Holds(1e-5, Element, run => Written(numbers.Copy(old), c => run.Product(a, b, MatrixView.Of(c, m, n), accumulate)));
                numbers.AssertGuardsAreWhole();
            }
    }

    [Fact, Covers(nameof(Backend.SumColumns))]
    public void SumColumns_adds_every_row() => ForEachSize((numbers, rows, columns, _) =>
    {
        var x = numbers.Draw(rows, columns);
        var old = numbers.Draw(columns);
        Holds(
            5e-5, j => old[j] + Enumerable.Range(0, rows).Sum(i => (double)x[i, j]),
            run => Written(numbers.Copy(old), sums => run.SumColumns(x, sums)));
    });

    [Fact, Covers(nameof(Backend.Sum), nameof(Backend.SumOfSquares))]
    public void Sums_are_sums_of_all_numbers() => ForEachLength((numbers, n, _) =>
    {
        var x = numbers.Draw(n);
        var all = x.Span.ToArray();
        var squares = all.Sum(value => (double)value * value);
        Holds(1e-3, _ => all.Sum(value => (double)value), run => [(float)run.Sum(x)]);
        Holds(1e-5 * Math.Max(1, squares), _ => squares, run => [(float)run.SumOfSquares(x)]);
    });

    [Fact, Covers(nameof(Backend.Gather))]
    public void Gather_takes_rows_by_number() => ForEachSize((numbers, rows, columns, _) =>
    {
        var table = numbers.Draw(7, columns);
        var ids = numbers.Ids(rows, 7);
        Holds(1e-7, at => 1.7f * (double)table[ids[at / columns], at % columns],
            run => Written(numbers.Room(rows * columns), y => run.Gather(table, ids, 1.7f, MatrixView.Of(y, rows, columns))));
    });

    [Fact, Covers(nameof(Backend.ScatterAdd))]
    public void ScatterAdd_adds_rows_by_number() => ForEachSize((numbers, rows, columns, _) =>
    {
        var x = numbers.Draw(rows, columns);
        var ids = numbers.Ids(rows, 7);
        var old = numbers.Draw(7 * columns);
        Holds(2e-5, at => old[at] + 1.7f * ids.Index().Where(id => id.Item == at / columns).Sum(id => (double)x[id.Index, at % columns]),
            run => Written(numbers.Copy(old), table => run.ScatterAdd(x, ids, 1.7f, MatrixView.Of(table, 7, columns))));
    });

    [Fact, Covers(nameof(Backend.Dropout))]
    public void Dropout_drops_the_share_asked_for_and_scales_the_rest() => ForEachLength((numbers, n, accumulate) =>
    {
        Floats x = numbers.Draw(n), old = numbers.Old(n, accumulate);
        var kept = numbers.Copy(x);
        kept.Span.Fill(1);
        Backend.Dropout(kept, kept, new(0.3f, 5), accumulate: false);
        var factors = kept.Span.ToArray();
        Assert.InRange(factors.Count(factor => factor == 0), 0.3 * n - 2.5 * Math.Sqrt(n), 0.3 * n + 2.5 * Math.Sqrt(n));
        Assert.DoesNotContain(factors.Distinct(), factor => factor != 0 && Math.Abs(factor - 1 / 0.7) > 1e-4);
        double Before(nint i) => accumulate ? old[i] : 0;
        Holds(2e-7, i => (double)kept[i] * x[i] + Before(i), run => Written(numbers.Copy(old), y => run.Dropout(x, y, new(0.3f, 5), accumulate)));
        Holds(1e-7, i => x[i] + Before(i), run => Written(numbers.Copy(old), y => run.Dropout(x, y, DropoutChoice.None, accumulate)));
    });

    /// <summary>The results of this backend are what an equation says, within a distance, and with many threads the bits of one.</summary>
    protected void Holds(double distance, Func<nint, double> equation, Func<Backend, float[]> act)
    {
        var found = act(Backend);
        for (var i = 0; i < found.Length; i++)
            if (!(Math.Abs(found[i] - equation(i)) <= distance))
                Assert.Fail($"Element {i} of {found.Length} is {found[i]}, but should be {equation(i)}.");
        if (Backend is CpuBackend { Threads: > 1 }) AssertSameBits(act, found);
    }

    static void AssertSameBits(Func<Backend, float[]> act, float[] found)
    {
        using var alone = new CpuBackend(1);
        var expected = act(alone);
        for (var i = 0; i < found.Length; i++)
            if (BitConverter.SingleToUInt32Bits(found[i]) != BitConverter.SingleToUInt32Bits(expected[i]))
                Assert.Fail($"Element {i} of {found.Length} is {found[i]:R}, but {expected[i]:R} on one thread.");
    }

    protected static float[] Written(Floats target, Action<Floats> write)
    {
        write(target);
        return target.Span.ToArray();
    }

    internal static void ForEachLength(Action<Numbers, int, bool> test)
    {
        foreach (var length in Lengths) Twice(numbers => test(numbers, length, false), numbers => test(numbers, length, true));
    }

    internal static void ForEachSize(Action<Numbers, int, int, bool> test)
    {
        foreach (var (rows, columns) in Sizes) Twice(numbers => test(numbers, rows, columns, false), numbers => test(numbers, rows, columns, true));
    }

    static void Twice(params Action<Numbers>[] tests)
    {
        foreach (var test in tests)
        {
            using var numbers = new Numbers(1);
            test(numbers);
            numbers.AssertGuardsAreWhole();
        }
    }

    public void Dispose()
    {
        backend.Dispose();
        GC.SuppressFinalize(this);
    }
}

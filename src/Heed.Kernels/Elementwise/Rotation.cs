using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Which columns of a row turn together.</summary>
/// <param name="Width">Columns of a head, at least 1; a row is heads side by side.</param>
/// <param name="Turned">The first columns of each head, which turn; the others stay. An even number of at most <paramref name="Width"/>.</param>
/// <param name="Partner">How far apart the two columns of a pair are: 1 pairs neighbours, <paramref name="Turned"/>/2 the halves. Divides Turned/2.</param>
public readonly record struct RotationShape(int Width, int Turned, int Partner);

/// <summary>Pairs of columns turned by angles: yₐ = xₐ·cos θ − x_b·sin θ, y_b = x_b·cos θ + xₐ·sin θ. Su et al. 2021, eq. 34.</summary>
public static unsafe class Rotation
{
    /// <summary>y (+)= the rows of x turned, or turned back.</summary>
    /// <param name="workers">Who works, by rows.</param>
    /// <param name="x">[n, heads·Width]</param>
    /// <param name="shape">Which columns turn together.</param>
    /// <param name="table">[t, 2·Turned]: for each column cos θ, then for each column what its partner counts: −sin θ for the first of a pair, sin θ for the second.</param>
    /// <param name="rows">[n] the row of the table for each row of x, counted from <paramref name="first"/>.</param>
    /// <param name="first">What the number of the table's first row is.</param>
    /// <param name="y">[n, heads·Width], apart from x.</param>
    /// <param name="back">Whether angles are turned back, as the gradient asks.</param>
    /// <param name="accumulate">Whether to add to what y holds.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a number names no row of the table.</exception>
    public static void Turn(
        Workers workers, MatrixView x, RotationShape shape, MatrixView table, ReadOnlySpan<int> rows, int first, MatrixView y, bool back, bool accumulate)
    {
        Lengths.Alike(x, y, nameof(x), nameof(y));
        Lengths.Runs(x, nameof(x));
        Check(x, shape, table, rows, first);
        fixed (int* row = rows)
        {
            var grain = Elementwise.RowsWorthAThread(x.Columns);
            if (back) workers.Split(x.Rows, grain, new TurnRows<Back>(x, shape, table, row, first, y, accumulate));
            else workers.Split(x.Rows, grain, new TurnRows<Forth>(x, shape, table, row, first, y, accumulate));
        }
    }

    static void Check(MatrixView x, RotationShape shape, MatrixView table, ReadOnlySpan<int> rows, int first)
    {
        if (shape.Width < 1 || x.Columns % shape.Width != 0) throw new ArgumentException($"x has rows of {x.Columns}, which heads of {shape.Width} do not fill.", nameof(shape));
        if (shape.Turned < 2 || shape.Turned % 2 != 0 || shape.Turned > shape.Width || shape.Partner < 1 || shape.Turned / 2 % shape.Partner != 0)
            throw new ArgumentException(
                $"{shape} cannot turn: an even number of a head's columns turns, at least 2, and the distance of partners divides half of it.", nameof(shape));
        if (table.Columns != 2 * shape.Turned || (table.ColumnStride != 1 && table.Columns > 1))
            throw new ArgumentException($"The table has rows of {table.Columns}; {shape.Turned} turned columns need {2 * shape.Turned}, side by side.", nameof(table));
        if (rows.Length != x.Rows) throw new ArgumentException($"There are {rows.Length} numbers for {x.Rows} rows; each row needs one.", nameof(rows));
        foreach (var row in rows)
            if (row < first || row - (long)first >= table.Rows)
                throw new ArgumentException($"The number {row} names no row of a table of {table.Rows} from {first} on.", nameof(rows));
    }

    interface IDirection
    {
        static abstract Vector512<float> Sine(Vector512<float> sine);
    }

    readonly struct Forth : IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Sine(Vector512<float> sine) => sine;
    }

    readonly struct Back : IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Sine(Vector512<float> sine) => -sine;
    }

    readonly struct TurnRows<TDirection>(MatrixView x, RotationShape shape, MatrixView table, int* rows, int first, MatrixView y, bool accumulate) : IWork
        where TDirection : struct, IDirection
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            int turned = shape.Turned, step = shape.Partner;
            for (var row = start; row < end; row++)
            {
                var cosine = table.Start + (rows[row] - first) * table.RowStride;
                float* from = x.Start + row * x.RowStride, to = y.Start + row * y.RowStride;
                for (nint head = 0; head < x.Columns; head += shape.Width, from += shape.Width, to += shape.Width)
                {
                    if (step == 1) Vectors.Range(new Neighbours<TDirection>(from, cosine, cosine + turned, to, accumulate), 0, turned);
                    for (var c = 0; step > 1 && c < turned; c += step)
                    {
                        var partner = c / step % 2 == 0 ? from + c + step : from + c - step;
                        Vectors.Range(new Apart<TDirection>(from + c, partner, cosine + c, cosine + turned + c, to + c, accumulate), 0, step);
                    }
                    Vectors.Range(new Stay(from, to, accumulate), turned, shape.Width);
                }
            }
        }
    }

    /// <summary>y = x·cos + partner·sin, the partner somewhere else.</summary>
    readonly struct Apart<TDirection>(float* x, float* partner, float* cosine, float* sine, float* y, bool accumulate) : IVectorWork where TDirection : struct, IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var turned = Vector512.FusedMultiplyAdd(extent.Load(partner + at), TDirection.Sine(extent.Load(sine + at)), extent.Load(x + at) * extent.Load(cosine + at));
            extent.Store(y + at, accumulate ? extent.Load(y + at) + turned : turned);
        }
    }

    /// <summary>y = x·cos + partner·sin, the partner beside it: the halves of 64 bits change places.</summary>
    readonly struct Neighbours<TDirection>(float* x, float* cosine, float* sine, float* y, bool accumulate) : IVectorWork where TDirection : struct, IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var own = extent.Load(x + at);
            var partner = ((own.AsUInt64() << 32) | (own.AsUInt64() >>> 32)).AsSingle();
            var turned = Vector512.FusedMultiplyAdd(partner, TDirection.Sine(extent.Load(sine + at)), own * extent.Load(cosine + at));
            extent.Store(y + at, accumulate ? extent.Load(y + at) + turned : turned);
        }
    }

    readonly struct Stay(float* x, float* y, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, accumulate ? extent.Load(y + at) + extent.Load(x + at) : extent.Load(x + at));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Rows of a table by number, and the way back.</summary>
public static unsafe class Gather
{
    const nint ColumnBlock = 64;

    /// <summary>y[i] = scale · table[ids[i]].</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="table">[v, d] rows to choose from.</param>
    /// <param name="ids">[n] which row, 0 ≤ id &lt; v.</param>
    /// <param name="scale">What each element is multiplied by.</param>
    /// <param name="y">[n, d] the rows chosen.</param>
    /// <exception cref="ArgumentException">An id names no row, or shapes do not fit.</exception>
    public static void Rows(Workers workers, MatrixView table, ReadOnlySpan<int> ids, float scale, MatrixView y)
    {
        Check(table, ids, y, nameof(y));
        fixed (int* first = ids)
            workers.Split(y.Rows, Elementwise.RowsWorthAThread(y.Columns), new TakeRows(table, first, scale, default, null, y));
    }

    /// <summary>y[i] = scale · table[ids[i]] + added[places[i]], rounded once: what is looked up by content and by place.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="table">[v, d] rows to choose from.</param>
    /// <param name="ids">[n] which row, 0 ≤ id &lt; v.</param>
    /// <param name="scale">What each element of the table is multiplied by.</param>
    /// <param name="added">[p, d] rows to add.</param>
    /// <param name="places">[n] which row to add, 0 ≤ place &lt; p.</param>
    /// <param name="y">[n, d] the result.</param>
    /// <exception cref="ArgumentException">A number names no row, or shapes do not fit.</exception>
    public static void Rows(
        Workers workers, MatrixView table, ReadOnlySpan<int> ids, float scale, MatrixView added, ReadOnlySpan<int> places, MatrixView y)
    {
        Check(table, ids, y, nameof(y));
        Check(added, places, y, nameof(y));
        fixed (int* first = ids, place = places)
            workers.Split(y.Rows, Elementwise.RowsWorthAThread(y.Columns), new TakeRows(table, first, scale, added, place, y));
    }

    /// <summary>table[ids[i]] += scale · x[i], rounded once, i in order: the gradient of <see cref="Rows(Workers, MatrixView, ReadOnlySpan{int}, float, MatrixView)"/>.</summary>
    /// <param name="workers">Who works; each thread has columns of its own, so the order never changes.</param>
    /// <param name="x">[n, d] rows to add.</param>
    /// <param name="ids">[n] to which row, 0 ≤ id &lt; v.</param>
    /// <param name="scale">What each element is multiplied by.</param>
    /// <param name="table">[v, d] what is added to.</param>
    /// <param name="except">An id that gets nothing, as the row of a padding token; −1 for none.</param>
    /// <exception cref="ArgumentException">An id names no row, or shapes do not fit.</exception>
    public static void ScatterAdd(Workers workers, MatrixView x, ReadOnlySpan<int> ids, float scale, MatrixView table, int except = -1)
    {
        Check(table, ids, x, nameof(x));
        var grain = Math.Max(1, Elementwise.RowsWorthAThread(Math.Max(x.Rows, 1) * ColumnBlock));
        fixed (int* first = ids)
            workers.Split((x.Columns + ColumnBlock - 1) / ColumnBlock, grain, new AddRows(x, first, scale, table, except));
    }

    static void Check(MatrixView table, ReadOnlySpan<int> ids, MatrixView rows, string name)
    {
        Lengths.Runs(table, nameof(table));
        Lengths.Runs(rows, name);
        if (table.Columns != rows.Columns)
            throw new ArgumentException($"The table is [{table.Rows}, {table.Columns}] but {name} is [{rows.Rows}, {rows.Columns}]; rows must be as long.", name);
        if (ids.Length != rows.Rows)
            throw new ArgumentException($"{name} is [{rows.Rows}, {rows.Columns}] but there are {ids.Length} ids; each row needs one.", nameof(ids));
        for (var i = 0; i < ids.Length; i++)
        {
            if ((nuint)(uint)ids[i] >= (nuint)table.Rows)
                throw new ArgumentException($"Id {ids[i]} at {i} names no row of a table of {table.Rows} rows.", nameof(ids));
        }
    }

    readonly struct TakeRows(MatrixView table, int* ids, float scale, MatrixView added, int* places, MatrixView y) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var source = table.Start + ids[row] * table.RowStride;
                var target = y.Start + row * y.RowStride;
                if (places == null) Vectors.Range(new Take(source, scale, target), 0, y.Columns);
                else Vectors.Range(new TakeBoth(source, scale, added.Start + places[row] * added.RowStride, target), 0, y.Columns);
            }
        }
    }

    readonly struct Take(float* source, float scale, float* target) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(target + at, extent.Load(source + at) * Vector512.Create(scale));
    }

    readonly struct TakeBoth(float* source, float scale, float* added, float* target) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(
                target + at, Vector512.FusedMultiplyAdd(extent.Load(source + at), Vector512.Create(scale), extent.Load(added + at)));
    }

    readonly struct AddRows(MatrixView x, int* ids, float scale, MatrixView table, int except) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            nint from = start * ColumnBlock, to = Math.Min(end * ColumnBlock, x.Columns);
            for (nint row = 0; row < x.Rows; row++)
            {
                if (ids[row] == except) continue;
                Vectors.Range(
                    new AddRow(x.Start + row * x.RowStride, scale, table.Start + ids[row] * table.RowStride), from, to);
            }
        }
    }

    readonly struct AddRow(float* x, float scale, float* target) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(
                target + at, Vector512.FusedMultiplyAdd(extent.Load(x + at), Vector512.Create(scale), extent.Load(target + at)));
    }
}

using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>The operands of one tile of a product: where they begin and how they step, in floats.</summary>
unsafe struct TileOperands
{
    /// <summary>a(i, k) stands at <c>Left[i · LeftRow + k · LeftStep]</c>.</summary>
    public float* Left;
    public nint LeftRow, LeftStep;

    /// <summary>b(k, j) stands at <c>Right[k · RightStep + j]</c>.</summary>
    public float* Right;
    public nint RightStep;

    /// <summary>From one panel of b to the next, for kernels that take several.</summary>
    public nint RightNext;

    /// <summary>c(i, j) stands at <c>Target[i · TargetRow + j]</c>.</summary>
    public float* Target;
    public nint TargetRow;

    /// <summary>The target that the kernel asks for before it ends: this tile's, which is written then, or where chains go on, the next tile's, which is read then; or null.</summary>
    public float* Due;

    /// <summary>What will be read after this tile: every four k the kernel asks for so many lines, no, one, two, four or eight, each a step behind the one before.</summary>
    public float* Ahead;
    public nint AheadStep;
    public int AheadLines;

    /// <summary>How many k there are.</summary>
    public nint Depth;

    /// <summary>Whether the chains go on from what the target holds, or begin at zero.</summary>
    public bool Continue;
}

/// <summary>cᵢⱼ ← fma(aᵢₖ, bₖⱼ, cᵢⱼ) for k in order: a tile of a few rows whose sums never leave the registers.</summary>
/// <remarks>
/// One or two registers wide and up to twelve rows high: twenty-four accumulators, two registers of b and one for an element of a leave five of
/// thirty-two free. Each k costs fourteen loads for twenty-four multiply-adds, and little else, so that two load ports keep up with two multipliers
/// and a core that shares its decoders with another thread still does most of what it could alone.
/// </remarks>
static unsafe partial class Tile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // So many turns before its end a tile asks for the target that is due then: some hundreds of cycles, what a line takes from the third cache.
    const int AskTurns = 16;

    /// <summary>How many columns a full tile has.</summary>
    public static int Columns => 2 * TLanes.Count;

    /// <summary>
    /// The kernel for 1 … <see cref="ILanes{T}.TileRows"/> rows, for as many registers as the columns need, one or two, for a left factor whose rows
    /// lie so far apart, and for a right one whose k do.
    /// </summary>
    public static delegate*<TileOperands*, void> For(nint rows, nint columns, nint leftRow, nint rightStep)
    {
        // Few rows wait for memory rather than for instructions, and every kernel costs the compiler some milliseconds.
        if (rightStep != Columns || rows <= 4) return leftRow == 1 ? For<ByColumns, Anywhere>(rows, columns) : For<ByRows, Anywhere>(rows, columns);
        return leftRow == 1 ? For<ByColumns, Packed>(rows, columns) : For<ByRows, Packed>(rows, columns);
    }

    static delegate*<TileOperands*, void> For<TLeft, TRight>(nint rows, nint columns) where TLeft : struct, ILeftOrder where TRight : struct, IRightOrder
        => (columns > TLanes.Count ? Kernels<N2, TLeft, TRight>.ByHeight : Kernels<N1, TLeft, TRight>.ByHeight)[rows];

    // A class, so that only the tables somebody asks for are made.
    static class Kernels<TWidth, TLeft, TRight> where TWidth : struct, INumber where TLeft : struct, ILeftOrder where TRight : struct, IRightOrder
    {
        public static readonly delegate*<TileOperands*, void>[] ByHeight =
        [
            null, &Run<N1, TWidth, TLeft, TRight>, &Run<N2, TWidth, TLeft, TRight>, &Run<N3, TWidth, TLeft, TRight>, &Run<N4, TWidth, TLeft, TRight>,
            &Run<N5, TWidth, TLeft, TRight>, &Run<N6, TWidth, TLeft, TRight>, &Run<N7, TWidth, TLeft, TRight>, &Run<N8, TWidth, TLeft, TRight>,
            &Run<N9, TWidth, TLeft, TRight>, &Run<N10, TWidth, TLeft, TRight>, &Run<N11, TWidth, TLeft, TRight>, &Run<N12, TWidth, TLeft, TRight>,
        ];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TRows, TWidth, TLeft, TRight>(TileOperands* o)
        where TRows : struct, INumber where TWidth : struct, INumber where TLeft : struct, ILeftOrder where TRight : struct, IRightOrder
    {
        float* c = o->Target;
        nint row = o->TargetRow;
        TVector x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11;
        TVector y0, y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11;
        x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = x8 = x9 = x10 = x11 = TLanes.Zero;
        y0 = y1 = y2 = y3 = y4 = y5 = y6 = y7 = y8 = y9 = y10 = y11 = TLanes.Zero;
        if (o->Continue)
        {
            Load<TWidth>(c, out x0, out y0);
            if (TRows.Value > 1) Load<TWidth>(c + row, out x1, out y1);
            if (TRows.Value > 2) Load<TWidth>(c + 2 * row, out x2, out y2);
            if (TRows.Value > 3) Load<TWidth>(c + 3 * row, out x3, out y3);
            if (TRows.Value > 4) Load<TWidth>(c + 4 * row, out x4, out y4);
            if (TRows.Value > 5) Load<TWidth>(c + 5 * row, out x5, out y5);
            if (TRows.Value > 6) Load<TWidth>(c + 6 * row, out x6, out y6);
            if (TRows.Value > 7) Load<TWidth>(c + 7 * row, out x7, out y7);
            if (TRows.Value > 8) Load<TWidth>(c + 8 * row, out x8, out y8);
            if (TRows.Value > 9) Load<TWidth>(c + 9 * row, out x9, out y9);
            if (TRows.Value > 10) Load<TWidth>(c + 10 * row, out x10, out y10);
            if (TRows.Value > 11) Load<TWidth>(c + 11 * row, out x11, out y11);
        }
        // Three rows share a base address, two of them by an index, which keeps the pointers few.
        nint s1 = o->LeftRow, aStep = o->LeftStep, bStep = TRight.IsPacked ? 2 * TLanes.Count : o->RightStep;
        float* a0 = o->Left, a3 = a0 + 3 * s1, a6 = a0 + 6 * s1, a9 = a0 + 9 * s1, b = o->Right;
        var ahead = o->Ahead;
        var aheadStep = o->AheadStep;
        var aheadLines = o->AheadLines;
        TVector bx, by = TLanes.Zero;
        // Four k a turn where a's k or its rows lie side by side: little but loads and multiply-adds is left to do.
        var turns = TLeft.RowsTogether || aStep == 1 ? o->Depth / 4 : 0;
        // Asked for any earlier, it would be driven out of the cache again by what streams past.
        var due = o->Due;
        var askAt = due == null ? 0 : Math.Min(turns, AskTurns);
        for (var turn = turns; turn > 0; turn--)
        {
            if (turn == askAt) AskDue<TRows, TWidth>(due, row);
            // With fewer than five rows the load ports have no slot to spare, and no time to wait for either.
            if (TRows.Value >= 5 && aheadLines > 0) Ask(ref ahead, aheadStep, aheadLines);
            bx = TLanes.Load(b);
            if (TWidth.Value > 1) by = TLanes.Load(b + TLanes.Count);
            Three<TRows, TWidth, TLeft>(a0, a0, s1, 0, 0, bx, by, ref x0, ref y0, ref x1, ref y1, ref x2, ref y2);
            if (TRows.Value > 3) Three<TRows, TWidth, TLeft>(a0, a3, s1, 3, 0, bx, by, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5);
            if (TRows.Value > 6) Three<TRows, TWidth, TLeft>(a0, a6, s1, 6, 0, bx, by, ref x6, ref y6, ref x7, ref y7, ref x8, ref y8);
            if (TRows.Value > 9) Three<TRows, TWidth, TLeft>(a0, a9, s1, 9, 0, bx, by, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            if (TLeft.RowsTogether) a0 += aStep;
            bx = TLanes.Load(b + bStep);
            if (TWidth.Value > 1) by = TLanes.Load(b + bStep + TLanes.Count);
            Three<TRows, TWidth, TLeft>(a0, a0, s1, 0, 1, bx, by, ref x0, ref y0, ref x1, ref y1, ref x2, ref y2);
            if (TRows.Value > 3) Three<TRows, TWidth, TLeft>(a0, a3, s1, 3, 1, bx, by, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5);
            if (TRows.Value > 6) Three<TRows, TWidth, TLeft>(a0, a6, s1, 6, 1, bx, by, ref x6, ref y6, ref x7, ref y7, ref x8, ref y8);
            if (TRows.Value > 9) Three<TRows, TWidth, TLeft>(a0, a9, s1, 9, 1, bx, by, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            if (TLeft.RowsTogether) a0 += aStep;
            bx = TLanes.Load(b + 2 * bStep);
            if (TWidth.Value > 1) by = TLanes.Load(b + 2 * bStep + TLanes.Count);
            Three<TRows, TWidth, TLeft>(a0, a0, s1, 0, 2, bx, by, ref x0, ref y0, ref x1, ref y1, ref x2, ref y2);
            if (TRows.Value > 3) Three<TRows, TWidth, TLeft>(a0, a3, s1, 3, 2, bx, by, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5);
            if (TRows.Value > 6) Three<TRows, TWidth, TLeft>(a0, a6, s1, 6, 2, bx, by, ref x6, ref y6, ref x7, ref y7, ref x8, ref y8);
            if (TRows.Value > 9) Three<TRows, TWidth, TLeft>(a0, a9, s1, 9, 2, bx, by, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            if (TLeft.RowsTogether) a0 += aStep;
            bx = TLanes.Load(b + 3 * bStep);
            if (TWidth.Value > 1) by = TLanes.Load(b + 3 * bStep + TLanes.Count);
            Three<TRows, TWidth, TLeft>(a0, a0, s1, 0, 3, bx, by, ref x0, ref y0, ref x1, ref y1, ref x2, ref y2);
            if (TRows.Value > 3) Three<TRows, TWidth, TLeft>(a0, a3, s1, 3, 3, bx, by, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5);
            if (TRows.Value > 6) Three<TRows, TWidth, TLeft>(a0, a6, s1, 6, 3, bx, by, ref x6, ref y6, ref x7, ref y7, ref x8, ref y8);
            if (TRows.Value > 9) Three<TRows, TWidth, TLeft>(a0, a9, s1, 9, 3, bx, by, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            a0 += TLeft.RowsTogether ? aStep : 4;
            if (!TLeft.RowsTogether && TRows.Value > 3) a3 += 4;
            if (!TLeft.RowsTogether && TRows.Value > 6) a6 += 4;
            if (!TLeft.RowsTogether && TRows.Value > 9) a9 += 4;
            b += 4 * bStep;
        }
        for (var left = o->Depth - 4 * turns; left > 0; left--)
        {
            bx = TLanes.Load(b);
            if (TWidth.Value > 1) by = TLanes.Load(b + TLanes.Count);
            Three<TRows, TWidth, TLeft>(a0, a0, s1, 0, 0, bx, by, ref x0, ref y0, ref x1, ref y1, ref x2, ref y2);
            if (TRows.Value > 3) Three<TRows, TWidth, TLeft>(a0, a3, s1, 3, 0, bx, by, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5);
            if (TRows.Value > 6) Three<TRows, TWidth, TLeft>(a0, a6, s1, 6, 0, bx, by, ref x6, ref y6, ref x7, ref y7, ref x8, ref y8);
            if (TRows.Value > 9) Three<TRows, TWidth, TLeft>(a0, a9, s1, 9, 0, bx, by, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            a0 += aStep;
            if (!TLeft.RowsTogether && TRows.Value > 3) a3 += aStep;
            if (!TLeft.RowsTogether && TRows.Value > 6) a6 += aStep;
            if (!TLeft.RowsTogether && TRows.Value > 9) a9 += aStep;
            b += bStep;
        }
        Store<TWidth>(c, x0, y0);
        if (TRows.Value > 1) Store<TWidth>(c + row, x1, y1);
        if (TRows.Value > 2) Store<TWidth>(c + 2 * row, x2, y2);
        if (TRows.Value > 3) Store<TWidth>(c + 3 * row, x3, y3);
        if (TRows.Value > 4) Store<TWidth>(c + 4 * row, x4, y4);
        if (TRows.Value > 5) Store<TWidth>(c + 5 * row, x5, y5);
        if (TRows.Value > 6) Store<TWidth>(c + 6 * row, x6, y6);
        if (TRows.Value > 7) Store<TWidth>(c + 7 * row, x7, y7);
        if (TRows.Value > 8) Store<TWidth>(c + 8 * row, x8, y8);
        if (TRows.Value > 9) Store<TWidth>(c + 9 * row, x9, y9);
        if (TRows.Value > 10) Store<TWidth>(c + 10 * row, x10, y10);
        if (TRows.Value > 11) Store<TWidth>(c + 11 * row, x11, y11);
    }

    /// <summary>One k of up to three rows: their elements of a, which lie a gap apart or side by side, times a row of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Three<TRows, TWidth, TLeft>(float* first, float* near, nint gap, nint row, nint k, TVector bx, TVector by,
        ref TVector x0, ref TVector y0, ref TVector x1, ref TVector y1, ref TVector x2, ref TVector y2)
        where TRows : struct, INumber where TWidth : struct, INumber where TLeft : struct, ILeftOrder
    {
        Step<TWidth>(TLeft.At(first, near, 0, row, k), bx, by, ref x0, ref y0);
        if (TRows.Value > row + 1) Step<TWidth>(TLeft.At(first, near, gap, row + 1, k), bx, by, ref x1, ref y1);
        if (TRows.Value > row + 2) Step<TWidth>(TLeft.At(first, near, 2 * gap, row + 2, k), bx, by, ref x2, ref y2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AskDue<TRows, TWidth>(float* target, nint row) where TRows : struct, INumber where TWidth : struct, INumber
    {
        for (nint i = 0; i < TRows.Value; i++, target += row)
        {
            Vectors.AskNear(target);
            if (TWidth.Value > 1) Vectors.AskNear(target + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Ask(ref float* ahead, nint step, int lines)
    {
        Ask(ref ahead, step);
        if (lines < 2) return;
        Ask(ref ahead, step);
        if (lines < 4) return;
        Ask(ref ahead, step);
        Ask(ref ahead, step);
        if (lines < 8) return;
        Ask(ref ahead, step);
        Ask(ref ahead, step);
        Ask(ref ahead, step);
        Ask(ref ahead, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Ask(ref float* ahead, nint step)
    {
        Vectors.Ask(ahead);
        ahead += step;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Load<TWidth>(float* source, out TVector x, out TVector y) where TWidth : struct, INumber
    {
        x = TLanes.Load(source);
        y = TWidth.Value > 1 ? TLanes.Load(source + TLanes.Count) : TLanes.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Step<TWidth>(float* a, TVector bx, TVector by, ref TVector x, ref TVector y) where TWidth : struct, INumber
    {
        var factor = TLanes.Broadcast(a);
        x = TLanes.MultiplyAdd(factor, bx, x);
        if (TWidth.Value > 1) y = TLanes.MultiplyAdd(factor, by, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TWidth>(float* target, TVector x, TVector y) where TWidth : struct, INumber
    {
        TLanes.Store(x, target);
        if (TWidth.Value > 1) TLanes.Store(y, target + TLanes.Count);
    }
}

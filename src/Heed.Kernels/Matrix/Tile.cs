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

    /// <summary>Where the next tile's target begins, which the kernel asks for before it computes this one; or null.</summary>
    public float* Next;

    /// <summary>
    /// What will be read after this tile: at each k the kernel asks for a line there and for one so many floats behind it, and steps on.
    /// </summary>
    public float* Ahead;
    public nint AheadGap, AheadStep;

    /// <summary>How many k there are.</summary>
    public nint Depth;

    /// <summary>Whether the chains go on from what the target holds, or begin at zero.</summary>
    public bool Continue;
}

/// <summary>cᵢⱼ ← fma(aᵢₖ, bₖⱼ, cᵢⱼ) for k in order: a tile of a few rows whose sums never leave the registers.</summary>
/// <remarks>
/// One or two registers wide and up to twelve rows high: twenty-four accumulators, two registers of b, and a broadcast
/// that is folded into the multiply-add leave six of thirty-two free. Each k costs fourteen loads for twenty-four
/// multiply-adds, so two load ports keep up with two multipliers.
/// </remarks>
static unsafe class Tile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    static readonly delegate*<TileOperands*, void>[] narrow = Table<N1>(), wide = Table<N2>();

    /// <summary>How many columns a full tile has.</summary>
    public static int Columns => 2 * TLanes.Count;

    /// <summary>The kernel for 1 … <see cref="ILanes{T}.TileRows"/> rows, and for as many registers as the columns need, one or two.</summary>
    public static delegate*<TileOperands*, void> For(nint rows, nint columns) => (columns > TLanes.Count ? wide : narrow)[rows];

    /// <summary>The kernel that takes two panels at once, for so few rows that one would keep neither the multipliers nor memory busy; null for more.</summary>
    public static delegate*<TileOperands*, void> ForPair(nint rows) => rows switch
    {
        1 => &RunPair<N1>,
        2 => &RunPair<N2>,
        3 when TLanes.TileRows > 6 => &RunPair<N3>,
        4 when TLanes.TileRows > 6 => &RunPair<N4>,
        _ => null,
    };

    /// <summary>The kernel that takes four panels at once, for one row, which only memory holds up; null for more.</summary>
    public static delegate*<TileOperands*, void> ForFour(nint rows) => rows == 1 ? &RunFour : null;

    static delegate*<TileOperands*, void>[] Table<TWidth>() where TWidth : struct, INumber =>
    [
        null, &Run<N1, TWidth>, &Run<N2, TWidth>, &Run<N3, TWidth>, &Run<N4, TWidth>, &Run<N5, TWidth>, &Run<N6, TWidth>,
        &Run<N7, TWidth>, &Run<N8, TWidth>, &Run<N9, TWidth>, &Run<N10, TWidth>, &Run<N11, TWidth>, &Run<N12, TWidth>,
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TRows, TWidth>(TileOperands* o) where TRows : struct, INumber where TWidth : struct, INumber
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
        if (o->Next != null) AskNext<TRows, TWidth>(o->Next, row);
        // Three rows share a base address, the others are reached by an index, which keeps the pointers few.
        nint s1 = o->LeftRow, s2 = 2 * s1, aStep = o->LeftStep, bStep = o->RightStep;
        float* a0 = o->Left, a3 = a0 + 3 * s1, a6 = a0 + 6 * s1, a9 = a0 + 9 * s1, b = o->Right;
        var ahead = o->Ahead;
        nint aheadStep = o->AheadStep, aheadGap = o->AheadGap;
        // Two k a turn where those of a lie side by side: what counts and points takes half as much room between the multiply-adds.
        var turns = aStep == 1 ? o->Depth / 2 : 0;
        for (var turn = turns; turn > 0; turn--)
        {
            // With fewer than five rows the load ports have no slot to spare, and no time to wait for either.
            if (TRows.Value >= 5) Ask(ref ahead, aheadGap, aheadStep);
            Rank<TRows, TWidth>(a0, a3, a6, a9, s1, s2, b,
                ref x0, ref y0, ref x1, ref y1, ref x2, ref y2, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5,
                ref x6, ref y6, ref x7, ref y7, ref x8, ref y8, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            if (TRows.Value >= 5) Ask(ref ahead, aheadGap, aheadStep);
            Rank<TRows, TWidth>(a0 + 1, a3 + 1, a6 + 1, a9 + 1, s1, s2, b + bStep,
                ref x0, ref y0, ref x1, ref y1, ref x2, ref y2, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5,
                ref x6, ref y6, ref x7, ref y7, ref x8, ref y8, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            a0 += 2;
            if (TRows.Value > 3) a3 += 2;
            if (TRows.Value > 6) a6 += 2;
            if (TRows.Value > 9) a9 += 2;
            b += 2 * bStep;
        }
        for (var left = o->Depth - 2 * turns; left > 0; left--)
        {
            if (TRows.Value >= 5) Ask(ref ahead, aheadGap, aheadStep);
            Rank<TRows, TWidth>(a0, a3, a6, a9, s1, s2, b,
                ref x0, ref y0, ref x1, ref y1, ref x2, ref y2, ref x3, ref y3, ref x4, ref y4, ref x5, ref y5,
                ref x6, ref y6, ref x7, ref y7, ref x8, ref y8, ref x9, ref y9, ref x10, ref y10, ref x11, ref y11);
            a0 += aStep;
            if (TRows.Value > 3) a3 += aStep;
            if (TRows.Value > 6) a6 += aStep;
            if (TRows.Value > 9) a9 += aStep;
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

    /// <summary>One k: the elements of a for all rows, against a row of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Rank<TRows, TWidth>(float* a0, float* a3, float* a6, float* a9, nint s1, nint s2, float* b,
        ref TVector x0, ref TVector y0, ref TVector x1, ref TVector y1, ref TVector x2, ref TVector y2, ref TVector x3, ref TVector y3,
        ref TVector x4, ref TVector y4, ref TVector x5, ref TVector y5, ref TVector x6, ref TVector y6, ref TVector x7, ref TVector y7,
        ref TVector x8, ref TVector y8, ref TVector x9, ref TVector y9, ref TVector x10, ref TVector y10, ref TVector x11, ref TVector y11)
        where TRows : struct, INumber where TWidth : struct, INumber
    {
        Load<TWidth>(b, out var bx, out var by);
        Step<TWidth>(a0, bx, by, ref x0, ref y0);
        if (TRows.Value > 1) Step<TWidth>(a0 + s1, bx, by, ref x1, ref y1);
        if (TRows.Value > 2) Step<TWidth>(a0 + s2, bx, by, ref x2, ref y2);
        if (TRows.Value > 3) Step<TWidth>(a3, bx, by, ref x3, ref y3);
        if (TRows.Value > 4) Step<TWidth>(a3 + s1, bx, by, ref x4, ref y4);
        if (TRows.Value > 5) Step<TWidth>(a3 + s2, bx, by, ref x5, ref y5);
        if (TRows.Value > 6) Step<TWidth>(a6, bx, by, ref x6, ref y6);
        if (TRows.Value > 7) Step<TWidth>(a6 + s1, bx, by, ref x7, ref y7);
        if (TRows.Value > 8) Step<TWidth>(a6 + s2, bx, by, ref x8, ref y8);
        if (TRows.Value > 9) Step<TWidth>(a9, bx, by, ref x9, ref y9);
        if (TRows.Value > 10) Step<TWidth>(a9 + s1, bx, by, ref x10, ref y10);
        if (TRows.Value > 11) Step<TWidth>(a9 + s2, bx, by, ref x11, ref y11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AskNext<TRows, TWidth>(float* target, nint row) where TRows : struct, INumber where TWidth : struct, INumber
    {
        for (nint i = 0; i < TRows.Value; i++, target += row)
        {
            TLanes.Prefetch(target);
            if (TWidth.Value > 1) TLanes.Prefetch(target + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Ask(ref float* ahead, nint gap, nint step)
    {
        TLanes.PrefetchFar(ahead);
        TLanes.PrefetchFar(ahead + gap);
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

    /// <summary>One to four rows against four registers of columns: as many chains as hide the latency of a multiply-add, and two streams from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunPair<TRows>(TileOperands* o) where TRows : struct, INumber
    {
        float* c = o->Target, a = o->Left, b = o->Right;
        nint row = o->TargetRow, leftRow = o->LeftRow, leftStep = o->LeftStep, step = o->RightStep, next = o->RightNext;
        TVector x0, y0, z0, w0, x1, y1, z1, w1, x2, y2, z2, w2, x3, y3, z3, w3;
        x0 = y0 = z0 = w0 = x1 = y1 = z1 = w1 = x2 = y2 = z2 = w2 = x3 = y3 = z3 = w3 = TLanes.Zero;
        if (o->Continue)
        {
            Load<N2>(c, out x0, out y0);
            Load<N2>(c + Columns, out z0, out w0);
            if (TRows.Value > 1) Load<N2>(c + row, out x1, out y1);
            if (TRows.Value > 1) Load<N2>(c + row + Columns, out z1, out w1);
            if (TRows.Value > 2) Load<N2>(c + 2 * row, out x2, out y2);
            if (TRows.Value > 2) Load<N2>(c + 2 * row + Columns, out z2, out w2);
            if (TRows.Value > 3) Load<N2>(c + 3 * row, out x3, out y3);
            if (TRows.Value > 3) Load<N2>(c + 3 * row + Columns, out z3, out w3);
        }
        for (var left = o->Depth; left > 0; left--)
        {
            Load<N2>(b, out var bx, out var by);
            Load<N2>(b + next, out var bz, out var bw);
            Step<N2>(a, bx, by, ref x0, ref y0);
            Step<N2>(a, bz, bw, ref z0, ref w0);
            if (TRows.Value > 1) Step<N2>(a + leftRow, bx, by, ref x1, ref y1);
            if (TRows.Value > 1) Step<N2>(a + leftRow, bz, bw, ref z1, ref w1);
            if (TRows.Value > 2) Step<N2>(a + 2 * leftRow, bx, by, ref x2, ref y2);
            if (TRows.Value > 2) Step<N2>(a + 2 * leftRow, bz, bw, ref z2, ref w2);
            if (TRows.Value > 3) Step<N2>(a + 3 * leftRow, bx, by, ref x3, ref y3);
            if (TRows.Value > 3) Step<N2>(a + 3 * leftRow, bz, bw, ref z3, ref w3);
            a += leftStep;
            b += step;
        }
        Store<N2>(c, x0, y0);
        Store<N2>(c + Columns, z0, w0);
        if (TRows.Value > 1) Store<N2>(c + row, x1, y1);
        if (TRows.Value > 1) Store<N2>(c + row + Columns, z1, w1);
        if (TRows.Value > 2) Store<N2>(c + 2 * row, x2, y2);
        if (TRows.Value > 2) Store<N2>(c + 2 * row + Columns, z2, w2);
        if (TRows.Value > 3) Store<N2>(c + 3 * row, x3, y3);
        if (TRows.Value > 3) Store<N2>(c + 3 * row + Columns, z3, w3);
    }

    /// <summary>One row against eight registers of columns: what one core can have on its way from memory is on its way from four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunFour(TileOperands* o)
    {
        float* c = o->Target, a = o->Left, b = o->Right;
        nint leftStep = o->LeftStep, step = o->RightStep, next = o->RightNext, second = 2 * next, third = 3 * next;
        TVector x0, y0, x1, y1, x2, y2, x3, y3;
        x0 = y0 = x1 = y1 = x2 = y2 = x3 = y3 = TLanes.Zero;
        if (o->Continue)
        {
            Load<N2>(c, out x0, out y0);
            Load<N2>(c + Columns, out x1, out y1);
            Load<N2>(c + 2 * Columns, out x2, out y2);
            Load<N2>(c + 3 * Columns, out x3, out y3);
        }
        for (var left = o->Depth; left > 0; left--)
        {
            Load<N2>(b, out var bx, out var by);
            Step<N2>(a, bx, by, ref x0, ref y0);
            Load<N2>(b + next, out bx, out by);
            Step<N2>(a, bx, by, ref x1, ref y1);
            Load<N2>(b + second, out bx, out by);
            Step<N2>(a, bx, by, ref x2, ref y2);
            Load<N2>(b + third, out bx, out by);
            Step<N2>(a, bx, by, ref x3, ref y3);
            a += leftStep;
            b += step;
        }
        Store<N2>(c, x0, y0);
        Store<N2>(c + Columns, x1, y1);
        Store<N2>(c + 2 * Columns, x2, y2);
        Store<N2>(c + 3 * Columns, x3, y3);
    }
}

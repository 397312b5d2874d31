using System.Runtime.CompilerServices;

namespace Heed.Kernels;

// Kernels for so few rows that one panel at a time would keep neither the multipliers nor memory busy.
static unsafe partial class Tile<TLanes, TVector>
{
    // So many k before its turn a row of a panel is asked for: in time for the third cache, and not so early that the first one has lost it again.
    const int AskSteps = 8;

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

    /// <summary>One to four rows against four registers of columns: as many chains as hide the latency of a multiply-add, and two streams from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunPair<TRows>(TileOperands* o) where TRows : struct, INumber
    {
        float* c = o->Target, a = o->Left, b = o->Right;
        nint row = o->TargetRow, leftRow = o->LeftRow, leftStep = o->LeftStep, step = o->RightStep, next = o->RightNext;
        TVector x0, y0, z0, w0, x1, y1, z1, w1, x2, y2, z2, w2, x3, y3, z3, w3;
        x0 = y0 = z0 = w0 = x1 = y1 = z1 = w1 = x2 = y2 = z2 = w2 = x3 = y3 = z3 = w3 = TLanes.Zero;
        var ahead = AskSteps * step;
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
            // Three and four rows use lines about as fast as they come, and wait for each that the processor has not foreseen.
            if (TRows.Value > 2) AskBoth(b + ahead);
            if (TRows.Value > 2) AskBoth(b + ahead + next);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AskBoth(float* b)
    {
        Vectors.AskNear(b);
        Vectors.AskNear(b + TLanes.Count);
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

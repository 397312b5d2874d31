using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>C[r, c] (+)= Σₜ A[r, t]·B[t, c] for a few rows and columns in whole vectors of 16, all at hand in the first caches: the tiles of a matrix product without its packing.</summary>
/// <remarks>Every element is one chain of fused multiply-adds over t in order, whatever the shape and the vector width.</remarks>
internal unsafe struct TileProduct
{
    /// <summary>How many keys a tile of attention has: part of what its results are, so never tuned to a machine or a segment.</summary>
    public const int Keys = 64;

    public float* A, B, C;
    public nint ARow, AStep, BStep, CRow, Depth;
    public bool Accumulate;

    /// <summary>How many rows go through the registers of this machine at once.</summary>
    public static int Rows
        => Matrix.Use512 ? Lanes512.TileRows : Matrix.Use256 ? Lanes256.TileRows : Matrix.Use128 ? Lanes128.TileRows : Lanes1.TileRows;

    /// <summary>Multiplies <paramref name="rows"/> rows of A by 16·<paramref name="vectors"/> columns of B.</summary>
    public readonly void Run(int rows, int vectors)
    {
        if (Matrix.Use512) Run<Lanes512, Vector512<float>>(rows, 16 * vectors);
        else if (Matrix.Use256) Run<Lanes256, Vector256<float>>(rows, 16 * vectors);
        else if (Matrix.Use128) Run<Lanes128, Vector128<float>>(rows, 16 * vectors);
        else Run<Lanes1, float>(rows, 16 * vectors);
    }

    /// <summary>The step that divides a count into as few and as even parts as a limit allows.</summary>
    public static int EvenStep(int count, int most)
    {
        if (count <= most) return Math.Max(count, 1);
        var parts = (int)((uint)(count + most - 1) / (uint)most);
        return (int)((uint)(count + parts - 1) / (uint)parts);
    }

    readonly void Run<TLanes, TVector>(int rows, int columns) where TLanes : struct, ILanes<TVector> where TVector : struct
    {
        var o = new TileOperands
        {
            LeftRow = ARow, LeftStep = AStep, Right = B, RightStep = BStep, RightNext = Tile<TLanes, TVector>.Columns,
            TargetRow = CRow, Depth = Depth, Continue = Accumulate,
        };
        var step = EvenStep(rows, TLanes.TileRows);
        for (int column = 0, taken; column < columns; column += taken, o.Right += taken)
        {
            o.Left = A;
            o.Target = C + column;
            taken = Columns<TLanes, TVector>(ref o, rows, step, columns - column);
        }
    }

    /// <summary>All rows against as many columns as the registers take.</summary>
    /// <returns>How many columns that were.</returns>
    static int Columns<TLanes, TVector>(ref TileOperands o, int rows, int step, int columns) where TLanes : struct, ILanes<TVector> where TVector : struct
    {
        var width = Tile<TLanes, TVector>.Columns;
        var pair = columns >= 2 * width ? Tile<TLanes, TVector>.ForPair(rows) : null;
        for (var r = 0; r < rows; r += step)
        {
            var kernel = pair != null ? pair : Tile<TLanes, TVector>.For(Math.Min(step, rows - r), columns, o.LeftRow, o.RightStep);
            kernel((TileOperands*)Unsafe.AsPointer(ref o));
            o.Left += step * o.LeftRow;
            o.Target += step * o.TargetRow;
        }
        return pair != null ? 2 * width : Math.Min(width, columns);
    }
}

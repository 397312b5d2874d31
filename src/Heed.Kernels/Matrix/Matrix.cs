using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>cᵢⱼ = Σₖ aᵢₖ·bₖⱼ: the single-precision matrix product.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds over k in order, c ← fma(aᵢₖ, bₖⱼ, c), begun at zero or at the old
/// value, whatever the shape, the strides, the number of threads or the machine: the same factors give the same bits, and
/// a row of a product is the same bits as the product of that row. Goto and van de Geijn 2008 describe the blocking.
/// c must not overlap a or b.
/// </remarks>
public static unsafe class Matrix
{
    /// <summary>c = a·b, or c += a·b.</summary>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="a">[m, k] with any strides: a transposed factor is a view with its strides swapped.</param>
    /// <param name="b">[k, n] with any strides.</param>
    /// <param name="c">[m, n] with column stride 1. It must not overlap the factors.</param>
    /// <param name="accumulate">Whether the product is added to what c holds, each chain beginning there.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or c's columns are not next to each other.</exception>
    public static void Multiply(Workers workers, MatrixView a, MatrixView b, MatrixView c, bool accumulate = false)
        => Multiply(workers, a, b, c, accumulate, default(NoFinish));

    /// <summary>c = f(a·b), or c = f(c + a·b), where f runs while an element is still in cache.</summary>
    /// <inheritdoc cref="Multiply(Workers, MatrixView, MatrixView, MatrixView, bool)"/>
    /// <typeparam name="TFinish">A struct, so that the call is compiled into the product.</typeparam>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="a">[m, k] with any strides.</param>
    /// <param name="b">[k, n] with any strides.</param>
    /// <param name="c">[m, n] with column stride 1. It must not overlap the factors.</param>
    /// <param name="accumulate">Whether the product is added to what c holds, before f.</param>
    /// <param name="finish">f.</param>
    public static void Multiply<TFinish>(Workers workers, MatrixView a, MatrixView b, MatrixView c, bool accumulate, TFinish finish)
        where TFinish : struct, IFinish
    {
        ArgumentNullException.ThrowIfNull(workers);
        Dispatch(workers, a, new RightFactor(b), c, accumulate, finish);
    }

    /// <summary>c = a·b, or c += a·b, with a right factor packed before.</summary>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="a">[m, k] with any strides.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n] with column stride 1. It must not overlap a.</param>
    /// <param name="accumulate">Whether the product is added to what c holds.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or c's columns are not next to each other.</exception>
    public static void Multiply(Workers workers, MatrixView a, PackedMatrix b, MatrixView c, bool accumulate = false)
        => Multiply(workers, a, b, c, accumulate, default(NoFinish));

    /// <summary>c = f(a·b), or c = f(c + a·b), with a right factor packed before.</summary>
    /// <typeparam name="TFinish">A struct, so that the call is compiled into the product.</typeparam>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="a">[m, k] with any strides.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n] with column stride 1. It must not overlap a.</param>
    /// <param name="accumulate">Whether the product is added to what c holds, before f.</param>
    /// <param name="finish">f.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or c's columns are not next to each other.</exception>
    public static void Multiply<TFinish>(Workers workers, MatrixView a, PackedMatrix b, MatrixView c, bool accumulate, TFinish finish)
        where TFinish : struct, IFinish
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(b);
        Dispatch(workers, a, new RightFactor(b), c, accumulate, finish);
    }

    /// <summary>How many columns a panel has on this machine.</summary>
    internal static int PanelColumns
        => Use512 ? Tile<Lanes512, Vector512<float>>.Columns
        : Use256 ? Tile<Lanes256, Vector256<float>>.Columns
        : Use128 ? Tile<Lanes128, Vector128<float>>.Columns
        : Tile<Lanes1, float>.Columns;

    /// <summary>Packs all of <paramref name="b"/> as this machine's products read it.</summary>
    internal static void Pack(Workers workers, MatrixView b, float* target)
    {
        if (Use512) new PackRight<Lanes512, Vector512<float>>(b, target).Split(workers);
        else if (Use256) new PackRight<Lanes256, Vector256<float>>(b, target).Split(workers);
        else if (Use128) new PackRight<Lanes128, Vector128<float>>(b, target).Split(workers);
        else new PackRight<Lanes1, float>(b, target).Split(workers);
    }

    internal static bool Use512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    internal static bool Use256 => Fma.IsSupported;
    internal static bool Use128 => AdvSimd.Arm64.IsSupported;

    static void Dispatch<TFinish>(Workers workers, MatrixView a, RightFactor b, MatrixView c, bool accumulate, TFinish finish)
        where TFinish : struct, IFinish
    {
        if (Use512) Multiply<Lanes512, Vector512<float>, TFinish>(workers, a, b, c, accumulate, finish);
        else if (Use256) Multiply<Lanes256, Vector256<float>, TFinish>(workers, a, b, c, accumulate, finish);
        else if (Use128) Multiply<Lanes128, Vector128<float>, TFinish>(workers, a, b, c, accumulate, finish);
        else Multiply<Lanes1, float, TFinish>(workers, a, b, c, accumulate, finish);
    }

    /// <summary>The product in lanes of one width; every width gives the same bits.</summary>
    internal static void Multiply<TLanes, TVector, TFinish>(
        Workers workers, MatrixView a, RightFactor b, MatrixView c, bool accumulate, TFinish finish)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TFinish : struct, IFinish
    {
        if (a.Columns != b.Rows || c.Rows != a.Rows || c.Columns != b.Columns) throw Mismatch(a, b, c);
        if (c.ColumnStride != 1 && c.Columns > 1)
            throw new ArgumentException($"The product's columns must be next to each other, but c is {c}.", nameof(c));
        if (c.IsEmpty) return;
        var product = new Product<TLanes, TVector, TFinish> { Left = a, Right = b, Target = c, Accumulate = accumulate, Finish = finish };
        if (a.Columns == 0)
        {
            product.WithoutFactors();
            return;
        }
        product.Grid = Grid.For(a, b, workers.AtHand, TLanes.TileRows, Tile<TLanes, TVector>.Columns);
        workers.Split(product.Grid.Items, 1, product);
    }

    static ArgumentException Mismatch(MatrixView a, RightFactor b, MatrixView c)
        => new($"A product [m, k]·[k, n] = [m, n] was asked of a [{a.Rows}, {a.Columns}], b [{b.Rows}, {b.Columns}] and c [{c.Rows}, {c.Columns}].");
}

using FsCheck;
using FsCheck.Fluent;

namespace Heed.Kernels.Tests;

/// <summary>How far apart the rows of a drawn matrix lie.</summary>
public enum DrawnRows
{
    /// <summary>No gap between them.</summary>
    Close,

    /// <summary>A few floats more than they need.</summary>
    Apart,

    /// <summary>A multiple of 4 KiB, so that all rows share places in the caches.</summary>
    PagesApart,
}

/// <summary>A product drawn at random: sizes near the borders at which another way is taken, in every form a factor can have.</summary>
/// <param name="M">rows of the product</param>
/// <param name="K">terms of each sum</param>
/// <param name="N">columns of the product</param>
/// <param name="Left">how a's rows lie</param>
/// <param name="Right">how b's rows lie</param>
/// <param name="Target">how c's rows lie</param>
/// <param name="LeftTransposed">whether a is the view of its transpose</param>
/// <param name="RightTransposed">whether b is the view of its transpose</param>
/// <param name="Packed">whether b was packed before</param>
/// <param name="Accumulate">whether c holds something before</param>
/// <param name="Threads">how many share the work</param>
sealed record MatrixDraw(
    int M, int K, int N, DrawnRows Left, DrawnRows Right, DrawnRows Target, bool LeftTransposed, bool RightTransposed, bool Packed, bool Accumulate, int Threads)
{
    // Multiply-adds that a case may cost at most: some milliseconds by the definition.
    const long Most = 1 << 27;

    static readonly Gen<int> Few = Gen.Frequency((4, Gen.Choose(1, 15)), (2, Gen.Choose(16, 100)));

    static readonly Gen<int> Rows = Gen.Frequency((3, Few), (3, Gen.Choose(13, 90)), (3, Near(80, 256, 512)), (1, Gen.Choose(257, 700)));

    static readonly Gen<int> Depth = Gen.Frequency((2, Few), (2, Near(256, 384, 512, 768)), (3, Near(1024, 1536, 2048, 2304, 3072)), (1, Gen.Choose(1, 2600)));

    static readonly Gen<int> Columns = Gen.Frequency((2, Few), (2, Near(64, 128, 256, 320)), (3, Near(512, 1024, 1088)), (1, Gen.Choose(1, 1200)));

    static readonly Gen<DrawnRows> Lying = Gen.Elements(DrawnRows.Close, DrawnRows.Apart, DrawnRows.PagesApart);

    public static Gen<MatrixDraw> Any { get; } = (
        from m in Rows
        from k in Depth
        from n in Columns
        from left in Lying
        from right in Lying
        from target in Lying
        from leftTransposed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from rightTransposed in Gen.Elements(false, true)
        from packed in Gen.Elements(false, true)
        from accumulate in Gen.Elements(false, true)
        from threads in Gen.Elements(1, 2, 5)
        select new MatrixDraw(m, k, n, left, right, target, leftTransposed, rightTransposed, packed, accumulate, threads))
        .Where(draw => (long)draw.M * draw.K * draw.N <= Most);

    /// <summary>Products that are simpler in one thing: reduced to them, a failing one says what it hangs on.</summary>
    public static IEnumerable<MatrixDraw> Smaller(MatrixDraw draw)
    {
        foreach (var fewer in (int[])[draw.M / 2, draw.M - 1]) if (fewer > 0) yield return draw with { M = fewer };
        foreach (var fewer in (int[])[draw.K / 2, draw.K - 1]) if (fewer > 0) yield return draw with { K = fewer };
        foreach (var fewer in (int[])[draw.N / 2, draw.N - 1]) if (fewer > 0) yield return draw with { N = fewer };
        if (draw.Threads > 1) yield return draw with { Threads = 1 };
        if (draw.Left != DrawnRows.Close) yield return draw with { Left = DrawnRows.Close };
        if (draw.Right != DrawnRows.Close) yield return draw with { Right = DrawnRows.Close };
        if (draw.Target != DrawnRows.Close) yield return draw with { Target = DrawnRows.Close };
        if (draw.LeftTransposed) yield return draw with { LeftTransposed = false };
        if (draw.RightTransposed) yield return draw with { RightTransposed = false };
        if (draw.Packed) yield return draw with { Packed = false };
        if (draw.Accumulate) yield return draw with { Accumulate = false };
    }

    /// <summary>How many floats from one row of so many columns to the next.</summary>
    public static nint Stride(DrawnRows lying, nint columns) => lying switch
    {
        DrawnRows.Close => columns,
        DrawnRows.Apart => columns + 3,
        _ => (columns + 1023) / 1024 * 1024,
    };

    static Gen<int> Near(params int[] borders) => from border in Gen.Elements(borders) from step in Gen.Choose(-2, 2) select border + step;
}

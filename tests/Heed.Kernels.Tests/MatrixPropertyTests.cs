using Heed.Tests.Support;

namespace Heed.Kernels.Tests;

/// <summary>Products of drawn sizes and forms are the chain of fused multiply-adds, to the last bit.</summary>
public sealed class MatrixPropertyTests : IDisposable
{
    // Room for the largest factor that is drawn: 3,074 rows of 2 · 1,024 floats.
    readonly FloatMemory numbers = new(1 << 23);
    readonly FloatMemory room = new(1 << 21), expected = new(1 << 21);
    readonly Dictionary<int, Workers> workers = new() { [1] = new(1), [2] = new(2), [5] = new(5) };

    public MatrixPropertyTests()
    {
        var random = new Random(20_261);
        foreach (ref var number in numbers.Floats.Span) number = random.NextSingle() * 2 - 1;
    }

    public void Dispose()
    {
        foreach (var some in workers.Values) some.Dispose();
        foreach (var memory in (FloatMemory[])[numbers, room, expected]) memory.Dispose();
    }

    [Fact]
    public void A_drawn_product_is_the_chain_of_fused_multiply_adds() => Drawn.Each(300, MatrixDraw.Any, MatrixDraw.Smaller, Check);

    [Fact]
    public void Thousands_of_drawn_products_are_the_chain_of_fused_multiply_adds()
    {
        Slow.OnlyWhenAsked("some ten minutes");
        Drawn.Each(20_000, MatrixDraw.Any, MatrixDraw.Smaller, Check);
    }

    void Check(MatrixDraw draw)
    {
        MatrixView a = View(0, draw.M, draw.K, draw.Left, draw.LeftTransposed), b = View(977, draw.K, draw.N, draw.Right, draw.RightTransposed);
        MatrixView c = Target(room, draw), definition = Target(expected, draw);
        MatrixCase.Define(a, b, definition, draw.Accumulate);
        if (draw.Packed)
        {
            using var packed = PackedMatrix.Pack(workers[draw.Threads], b);
            Matrix.Multiply(workers[draw.Threads], a, packed, c, draw.Accumulate);
        }
        else
        {
            Matrix.Multiply(workers[draw.Threads], a, b, c, draw.Accumulate);
        }
        MatrixCase.Same(definition, c, $"[{draw.M}, {draw.K}]·[{draw.K}, {draw.N}]");
    }

    /// <summary>A window on the drawn numbers: what lies between its rows is numbers too, which would make a wrong sum.</summary>
    MatrixView View(nint start, nint rows, nint columns, DrawnRows lying, bool transposed)
    {
        var data = numbers.Floats.Slice(start, numbers.Floats.Length - start);
        return transposed
            ? MatrixView.Of(data, columns, rows, MatrixDraw.Stride(lying, rows)).Transposed
            : MatrixView.Of(data, rows, columns, MatrixDraw.Stride(lying, columns));
    }

    /// <summary>Drawn numbers in the rows and NaN between them.</summary>
    MatrixView Target(FloatMemory memory, MatrixDraw draw)
    {
        var view = MatrixView.Of(memory.Floats, draw.M, draw.N, MatrixDraw.Stride(draw.Target, draw.N));
        memory.Floats.Slice(0, draw.M * view.RowStride).Span.Fill(float.NaN);
        for (nint i = 0; i < draw.M; i++)
            numbers.Floats.Slice(i * draw.N, draw.N).Span.CopyTo(memory.Floats.Slice(i * view.RowStride, draw.N).Span);
        return view;
    }
}

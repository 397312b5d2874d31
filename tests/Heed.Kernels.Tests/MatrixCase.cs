namespace Heed.Kernels.Tests;

/// <summary>Draws factors with awkward strides and multiplies them the slow way.</summary>
static class MatrixCase
{
    /// <summary>A matrix inside a larger one: rows lie <paramref name="gap"/> floats farther apart than they need, and what lies between is NaN.</summary>
    public static MatrixView Draw(Random random, nint rows, nint columns, bool transposed = false, nint gap = 0)
    {
        if (transposed) return Draw(random, columns, rows, false, gap).Transposed;
        var memory = new FloatMemory(rows * (columns + gap));
        memory.Floats.Span.Fill(float.NaN);
        var view = MatrixView.Of(Keep(memory), rows, columns, columns + gap);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++) view[i, j] = (float)(random.NextDouble() * 2 - 1);
        return view;
    }

    public static MatrixView Copy(MatrixView source)
    {
        var memory = new FloatMemory(source.Rows * source.RowStride);
        memory.Floats.Span.Fill(float.NaN);
        var copy = MatrixView.Of(Keep(memory), source.Rows, source.Columns, source.RowStride);
        for (nint i = 0; i < source.Rows; i++)
            for (nint j = 0; j < source.Columns; j++) copy[i, j] = source[i, j];
        return copy;
    }

    /// <summary>c ← fma(aᵢₖ, bₖⱼ, c), k in order: the definition.</summary>
    public static void Reference(MatrixView a, MatrixView b, MatrixView c, bool accumulate)
    {
        for (nint i = 0; i < c.Rows; i++)
            for (nint j = 0; j < c.Columns; j++)
            {
                var sum = accumulate ? c[i, j] : 0;
                for (nint k = 0; k < a.Columns; k++) sum = MathF.FusedMultiplyAdd(a[i, k], b[k, j], sum);
                c[i, j] = sum;
            }
    }

    /// <summary>Bit for bit the same, and nothing written between the rows.</summary>
    public static void Same(MatrixView expected, MatrixView found, string what)
    {
        for (nint i = 0; i < expected.Rows; i++)
            for (nint j = 0; j < expected.Columns; j++)
                if (BitConverter.SingleToInt32Bits(expected[i, j]) != BitConverter.SingleToInt32Bits(found[i, j]))
                    Assert.Fail($"{what}: element ({i}, {j}) is {found[i, j]:R}, expected {expected[i, j]:R}");
        for (nint i = 0; i < found.Rows; i++)
            for (var j = found.Columns; j < found.RowStride; j++)
                if (!float.IsNaN(found.Data[i * found.RowStride + j])) Assert.Fail($"{what}: row {i} was written beyond its end, at {j}");
    }

    // The views must not outlive their memory; tests are short, so it is kept for all of them.
    static Floats Keep(FloatMemory memory)
    {
        lock (Kept) Kept.Add(memory);
        return memory.Floats;
    }

    static readonly List<FloatMemory> Kept = [];
}

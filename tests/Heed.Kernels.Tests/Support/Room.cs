namespace Heed.Kernels.Tests;

/// <summary>Guarded memory of one test, given back at its end.</summary>
sealed class Room : IDisposable
{
    readonly List<GuardedMemory> taken = [];
    CounterRandom random = new(20_26, 0);

    /// <summary>Lengths that meet every tail, and some that meet several blocks.</summary>
    public static TheoryData<int> EveryLength => [.. Enumerable.Range(0, 36), 63, 64, 65, 127, 128, 129, 255, 1000, 1027, 4099];

    public Floats Take(nint length)
    {
        var memory = new GuardedMemory(length);
        taken.Add(memory);
        return memory.Floats;
    }

    public Floats Random(nint length, float scale = 1)
    {
        var x = Take(length);
        for (nint i = 0; i < length; i++) x[i] = scale * random.NextNormal();
        return x;
    }

    /// <summary>What a kernel must not leave as it was.</summary>
    public Floats Unset(nint length)
    {
        var x = Take(length);
        for (nint i = 0; i < length; i++) x[i] = float.NaN;
        return x;
    }

    public Floats Of(ReadOnlySpan<float> values)
    {
        var x = Take(values.Length);
        values.CopyTo(x.Span);
        return x;
    }

    public Floats Copy(Floats x) => Of(x.Span);

    public MatrixView Matrix(nint rows, nint columns, float scale = 1) => MatrixView.Of(Random(rows * columns, scale), rows, columns);

    public MatrixView UnsetMatrix(nint rows, nint columns) => MatrixView.Of(Unset(rows * columns), rows, columns);

    public MatrixView Copy(MatrixView x) => new(Copy(x.Data), x.Rows, x.Columns, x.RowStride, x.ColumnStride);

    public void Dispose()
    {
        foreach (var memory in taken) memory.Dispose();
    }
}

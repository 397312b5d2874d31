using System.Runtime.Intrinsics;
using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Every primitive as a loop and every fused method by its reference body: slow, and the truth in tests.</summary>
public sealed class ReferenceBackend : Backend
{
    /// <inheritdoc/>
    public override FloatMemory Allocate(nint length) => new(length);

    /// <inheritdoc/>
    public override void Copy(Floats x, Floats y) => x.CopyTo(y);

    /// <inheritdoc/>
    public override void Scale(Floats x, float factor, Floats y, bool accumulate)
    {
        for (nint i = 0; i < x.Length; i++) y[i] = factor * x[i] + (accumulate ? y[i] : 0);
    }

    /// <inheritdoc/>
    public override void Multiply(Floats x, Floats y, Floats z, bool accumulate)
    {
        for (nint i = 0; i < x.Length; i++) z[i] = x[i] * y[i] + (accumulate ? z[i] : 0);
    }

    /// <inheritdoc/>
    public override void Map<F>(Floats x, Floats y)
    {
        for (nint i = 0; i < x.Length; i++) y[i] = F.Value(Vector512.Create(x[i])).ToScalar();
    }

    /// <inheritdoc/>
    public override void MapBack<F>(Floats x, Floats dy, Floats dx, bool accumulate)
    {
        for (nint i = 0; i < x.Length; i++) dx[i] = dy[i] * F.Slope(Vector512.Create(x[i])).ToScalar() + (accumulate ? dx[i] : 0);
    }

    /// <inheritdoc/>
    public override void Product(MatrixView a, MatrixView b, MatrixView c, bool accumulate)
    {
        for (nint i = 0; i < c.Rows; i++)
            for (nint j = 0; j < c.Columns; j++)
            {
                double sum = accumulate ? c[i, j] : 0;
                for (nint k = 0; k < a.Columns; k++) sum += (double)a[i, k] * b[k, j];
                c[i, j] = (float)sum;
            }
    }

    /// <inheritdoc/>
    public override void SumColumns(MatrixView x, Floats sums)
    {
        for (nint i = 0; i < x.Rows; i++)
            for (nint j = 0; j < x.Columns; j++) sums[j] += x[i, j];
    }

    /// <inheritdoc/>
    public override double Sum(Floats x)
    {
        var sum = 0.0;
        for (nint i = 0; i < x.Length; i++) sum += x[i];
        return sum;
    }

    /// <inheritdoc/>
    public override double SumOfSquares(Floats x)
    {
        var sum = 0.0;
        for (nint i = 0; i < x.Length; i++) sum += (double)x[i] * x[i];
        return sum;
    }

    /// <inheritdoc/>
    public override void Gather(MatrixView table, ReadOnlySpan<int> ids, float scale, MatrixView y)
    {
        for (var i = 0; i < ids.Length; i++)
            for (nint j = 0; j < table.Columns; j++) y[i, j] = scale * table[ids[i], j];
    }

    /// <inheritdoc/>
    public override void ScatterAdd(MatrixView x, ReadOnlySpan<int> ids, float scale, MatrixView table)
    {
        for (var i = 0; i < ids.Length; i++)
            for (nint j = 0; j < table.Columns; j++) table[ids[i], j] += scale * x[i, j];
    }

    /// <inheritdoc/>
    public override void Dropout(Floats x, Floats y, DropoutChoice choice, bool accumulate)
    {
        // The choice of elements is part of the contract, so it comes from the kernel that defines it.
        using var kept = new FloatMemory(x.Length);
        var factors = kept.Floats.Slice(0, x.Length);
        for (nint i = 0; i < x.Length; i++) factors[i] = 1;
        using var workers = new Workers(1);
        if (choice.Rate > 0) Kernels.Dropout.Apply(workers, factors, factors, choice.Rate, choice.Seed);
        Multiply(x, factors, y, accumulate);
    }
}

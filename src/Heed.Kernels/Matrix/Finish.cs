using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What happens to finished elements of a product while they are still in cache: a bias, an activation.</summary>
/// <remarks>
/// <see cref="Run"/> is called exactly once for every element of the product, in contiguous runs of a row, from any
/// thread and in no particular order; each element must therefore depend on itself and its place alone.
/// </remarks>
public unsafe interface IFinish
{
    /// <summary>
    /// Changes <paramref name="count"/> finished elements that begin at (<paramref name="row"/>, <paramref name="column"/>) in place.
    /// </summary>
    void Run(float* values, nint row, nint column, nint count);
}

/// <summary>Leaves the elements as they are.</summary>
public readonly unsafe struct NoFinish : IFinish
{
    /// <inheritdoc/>
    public void Run(float* values, nint row, nint column, nint count) { }
}

/// <summary>cᵢⱼ ← cᵢⱼ + biasⱼ</summary>
/// <param name="bias">[n] one value for each column of the product; fewer throw when the product is asked for.</param>
public readonly unsafe struct AddBias(Floats bias) : IFinish
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(float* values, nint row, nint column, nint count)
    {
        var values2 = bias.Slice(column, count).Start;
        nint i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
            (Vector512.Load(values + i) + Vector512.Load(values2 + i)).Store(values + i);
        for (; i < count; i++) values[i] += values2[i];
    }
}

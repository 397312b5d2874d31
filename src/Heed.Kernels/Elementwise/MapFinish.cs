using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>c ← f(c + bias), the end of a product in a feed-forward network, done while each run of c is in cache.</summary>
/// <typeparam name="TFunction">f.</typeparam>
/// <param name="bias">[n] one number for each column, or empty for none.</param>
/// <param name="before">[m, n] where c + bias goes too, for the gradient; its data may be empty for nowhere.</param>
public readonly unsafe struct MapFinish<TFunction>(Floats bias, MatrixView before) : IFinish where TFunction : struct, IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(float* values, nint row, nint column, nint count)
        => Elementwise.BiasAndMap<TFunction>(
            values,
            bias.IsEmpty ? null : bias.Slice(column, count).Start,
            count,
            before.Data.IsEmpty ? null : before.Data.Slice(row * before.RowStride + column, count).Start);
}

using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>The matrices of a cross-entropy and what each row weighs.</summary>
readonly unsafe struct CrossEntropyRows(MatrixView logits, CrossEntropyOptions options, float* losses, MatrixView gradient)
{
    readonly float* rowWeights = options.RowWeights.IsEmpty ? null : options.RowWeights.Start;
    readonly float* classWeights = options.ClassWeights.IsEmpty ? null : options.ClassWeights.Start;

    public nint Count => logits.Rows;

    public nint Columns => logits.Columns;

    /// <summary>Where a row of logits begins; of the row behind the last, an address that may be asked for and not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Logits(nint row) => logits.Start + row * logits.RowStride;

    /// <inheritdoc cref="Logits"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Gradient(nint row) => gradient.Data.IsEmpty ? null : gradient.Start + row * gradient.RowStride;

    public float Weight(nint row) => rowWeights == null ? options.Weight : options.Weight * rowWeights[row];

    /// <summary>What of the target is in one class: (1−ε) w.</summary>
    public float Share(int target) => (1 - options.Smoothing) * (classWeights == null ? 1 : classWeights[target]);

    public void Loss(nint row, float loss) => losses[row] = loss;
}

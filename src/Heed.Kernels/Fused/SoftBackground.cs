using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>b_c = w_c ((1−ε) target_c + ε/v).</summary>
readonly unsafe struct SoftBackground(MatrixView targets, float share, float each, float* weights) : IBackground
{
    public static bool Exists => true;

    public static bool TotalIsKnown => false;

    public float Total => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load<TExtent>(TExtent extent, nint row, nint at) where TExtent : struct, IExtent
    {
        var target = extent.Load(targets.Start + row * targets.RowStride + at);
        var mixed = Vector512.FusedMultiplyAdd(target, Vector512.Create(share), extent.Fill(each));
        return weights == null ? mixed : mixed * extent.Load(weights + at);
    }
}

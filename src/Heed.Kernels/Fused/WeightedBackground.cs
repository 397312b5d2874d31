using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>b_c = w_c ε/v.</summary>
readonly unsafe struct WeightedBackground(float* weights, float each) : IBackground
{
    public static bool Exists => true;

    public static bool TotalIsKnown => false;

    public float Total => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load<TExtent>(TExtent extent, nint row, nint at) where TExtent : struct, IExtent
        => extent.Load(weights + at) * Vector512.Create(each);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>b = 0.</summary>
readonly struct NoBackground : IBackground
{
    public static bool Exists => false;

    public static bool TotalIsKnown => true;

    public float Total => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load<TExtent>(TExtent extent, nint row, nint at) where TExtent : struct, IExtent => Vector512<float>.Zero;
}

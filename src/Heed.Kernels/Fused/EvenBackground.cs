using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>b = ε/v.</summary>
readonly struct EvenBackground(float smoothing, nint classes) : IBackground
{
    readonly float each = smoothing / classes;

    public static bool Exists => true;

    public static bool TotalIsKnown => true;

    public float Total => smoothing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load<TExtent>(TExtent extent, nint row, nint at) where TExtent : struct, IExtent => Vector512.Create(each);
}

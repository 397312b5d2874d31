using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>All sixteen lanes.</summary>
readonly unsafe struct FullExtent : IExtent
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* from, Vector512<float> rest) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fill(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to, Vector512<float> value) => value.Store(to);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>The first few lanes; memory behind them is not touched.</summary>
readonly unsafe struct PartialExtent(nint count) : IExtent
{
    const int Half = 8;

    readonly int count = (int)count;

    Vector512<float> Mask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.LessThan(Vectors.Indices, Vector512.Create(count)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* from) => Load(from, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* from, Vector512<float> rest)
    {
        if (Avx512F.IsSupported) return Avx512F.MaskLoad(from, Mask, rest);
        if (!Avx.IsSupported) return Gather(from, rest);
        var mask = Mask;
        var lanes = Vector512.Create(Avx.MaskLoad(from, mask.GetLower()), Avx.MaskLoad(from + Half, mask.GetUpper()));
        return Vector512.ConditionalSelect(mask, lanes, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fill(float value) => Vector512.ConditionalSelect(Mask, Vector512.Create(value), Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to, Vector512<float> value)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(to, Mask, value);
        }
        else if (Avx.IsSupported)
        {
            var mask = Mask;
            Avx.MaskStore(to, mask.GetLower(), value.GetLower());
            Avx.MaskStore(to + Half, mask.GetUpper(), value.GetUpper());
        }
        else
        {
            Scatter(to, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    Vector512<float> Gather(float* from, Vector512<float> rest)
    {
        var lanes = (float*)&rest;
        for (var i = 0; i < count; i++) lanes[i] = from[i];
        return rest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Scatter(float* to, Vector512<float> value)
    {
        var lanes = (float*)&value;
        for (var i = 0; i < count; i++) to[i] = lanes[i];
    }
}

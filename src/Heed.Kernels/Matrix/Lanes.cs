using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>One register of floats, as wide as the machine has it: what the product's kernels are written in.</summary>
/// <remarks>
/// Every element of a product is one chain of fused multiply-adds in one lane, so the width never shows in the result.
/// The type of the register is a parameter of its own, so that the compiler sees plain vectors rather than wrapped ones.
/// </remarks>
unsafe interface ILanes<TVector> where TVector : struct
{
    /// <summary>How many floats a register holds.</summary>
    static abstract int Count { get; }

    /// <summary>How many rows a tile of two registers' width may have without the accumulators leaving the registers.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Zero { get; }
    static abstract TVector Load(float* source);
    static abstract TVector Broadcast(float* source);
    static abstract void Store(TVector value, float* target);

    /// <summary>x · y + sum, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);

    /// <summary>Whether <see cref="Transpose4"/> exists, which needs at least four lanes.</summary>
    static abstract bool CanTranspose { get; }

    /// <summary>target[t · targetStride + j] = source[j · sourceStride + t] for t = 0…3 and every lane j.</summary>
    static abstract void Transpose4(float* source, nint sourceStride, float* target, nint targetStride);
}

readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;
    public static int TileRows => 12;
    public static Vector512<float> Zero => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float* source) => Vector512.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> sum)
        => Avx512F.FusedMultiplyAdd(x, y, sum);

    public static bool CanTranspose => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose4(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector512<float> a = Quads(source, sourceStride), b = Quads(source + sourceStride, sourceStride);
        Vector512<float> c = Quads(source + 2 * sourceStride, sourceStride), d = Quads(source + 3 * sourceStride, sourceStride);
        Vector512<double> low = Avx512F.UnpackLow(a, b).AsDouble(), low2 = Avx512F.UnpackLow(c, d).AsDouble();
        Vector512<double> high = Avx512F.UnpackHigh(a, b).AsDouble(), high2 = Avx512F.UnpackHigh(c, d).AsDouble();
        Avx512F.UnpackLow(low, low2).AsSingle().Store(target);
        Avx512F.UnpackHigh(low, low2).AsSingle().Store(target + targetStride);
        Avx512F.UnpackLow(high, high2).AsSingle().Store(target + 2 * targetStride);
        Avx512F.UnpackHigh(high, high2).AsSingle().Store(target + 3 * targetStride);
    }

    // Four floats each of the rows 0, 4, 8 and 12.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Quads(float* source, nint stride) => Vector512.Create(
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * stride)),
        Vector256.Create(Vector128.Load(source + 8 * stride), Vector128.Load(source + 12 * stride)));
}

readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;
    public static int TileRows => 6;
    public static Vector256<float> Zero => Vector256<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float* source) => Vector256.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> sum)
        => Fma.MultiplyAdd(x, y, sum);

    public static bool CanTranspose => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose4(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector256<float> a = Quads(source, sourceStride), b = Quads(source + sourceStride, sourceStride);
        Vector256<float> c = Quads(source + 2 * sourceStride, sourceStride), d = Quads(source + 3 * sourceStride, sourceStride);
        Vector256<double> low = Avx.UnpackLow(a, b).AsDouble(), low2 = Avx.UnpackLow(c, d).AsDouble();
        Vector256<double> high = Avx.UnpackHigh(a, b).AsDouble(), high2 = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(low, low2).AsSingle().Store(target);
        Avx.UnpackHigh(low, low2).AsSingle().Store(target + targetStride);
        Avx.UnpackLow(high, high2).AsSingle().Store(target + 2 * targetStride);
        Avx.UnpackHigh(high, high2).AsSingle().Store(target + 3 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Quads(float* source, nint stride)
        => Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * stride));
}

readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    // Arm has 32 registers, the older x86 machines that come here have 16.
    public static int TileRows => AdvSimd.IsSupported ? 12 : 6;

    public static Vector128<float> Zero => Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float* source) => Vector128.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum)
        => Vector128.FusedMultiplyAdd(x, y, sum);

    public static bool CanTranspose => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose4(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + sourceStride);
        Vector128<float> c = Vector128.Load(source + 2 * sourceStride), d = Vector128.Load(source + 3 * sourceStride);
        Vector128<float> low = ZipLow(a, b), low2 = ZipLow(c, d), high = ZipHigh(a, b), high2 = ZipHigh(c, d);
        ZipLowPairs(low, low2).Store(target);
        ZipHighPairs(low, low2).Store(target + targetStride);
        ZipLowPairs(high, high2).Store(target + 2 * targetStride);
        ZipHighPairs(high, high2).Store(target + 3 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> ZipLowPairs(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : AdvSimd.Arm64.ZipLow(x.AsDouble(), y.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> ZipHighPairs(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.MoveHighToLow(y, x) : AdvSimd.Arm64.ZipHigh(x.AsDouble(), y.AsDouble()).AsSingle();
}

/// <summary>One float at a time, for machines without vectors that can fuse.</summary>
readonly unsafe struct Lanes1 : ILanes<float>
{
    public static int Count => 1;
    public static int TileRows => 4;
    public static float Zero => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* target) => *target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float x, float y, float sum) => MathF.FusedMultiplyAdd(x, y, sum);

    public static bool CanTranspose => false;

    public static void Transpose4(float* source, nint sourceStride, float* target, nint targetStride)
        => throw new NotSupportedException("One lane has nothing to transpose.");
}

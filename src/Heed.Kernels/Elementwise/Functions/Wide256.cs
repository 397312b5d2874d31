using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>Eight floats.</summary>
/// <remarks>Made by reinterpretation rather than by a constructor: each call costs the compiler a temporary, and it keeps track of so many only.</remarks>
readonly struct Wide256 : IWide<Wide256>
{
#pragma warning disable CS0649 // Written by reinterpretation.
    public readonly Vector256<float> Value;
#pragma warning restore CS0649

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 From(Vector256<float> value) => Unsafe.BitCast<Vector256<float>, Wide256>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Of(float value) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 OfBits(int value) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator +(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator *(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator /(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator &(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator ^(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 x) => Unsafe.BitCast<Vector256<float>, Wide256>(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator ~(Wide256 x) => Unsafe.BitCast<Vector256<float>, Wide256>(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator <(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator >(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Same(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Fused(Wide256 x, Wide256 y, Wide256 z) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Select(Wide256 condition, Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.ConditionalSelect(condition.Value, x.Value, y.Value));

    // The native forms give their second operand where either is NaN (x86) or NaN (Arm): both keep the NaN in x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 AtMost(Wide256 x, Wide256 limit) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.MinNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 AtLeast(Wide256 x, Wide256 limit) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.MaxNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Scale(Wide256 x, Wide256 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector256<float>, Wide256>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ScaleWithin(Wide256 x, Wide256 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector256<float>, Wide256>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleInOneStep(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ScaleDown(Wide256 x, Wide256 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector256<float>, Wide256>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleAboveDenormals(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 AddBits(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>((x.Value.AsInt32() + y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 SubtractBits(Wide256 x, Wide256 y) => Unsafe.BitCast<Vector256<float>, Wide256>((x.Value.AsInt32() - y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ShiftLeft(Wide256 x, int count) => Unsafe.BitCast<Vector256<float>, Wide256>((x.Value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ShiftRight(Wide256 x, int count) => Unsafe.BitCast<Vector256<float>, Wide256>((x.Value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ToFloat(Wide256 x) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.ConvertToSingle(x.Value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ToWhole(Wide256 x) => Unsafe.BitCast<Vector256<float>, Wide256>(Vector256.ConvertToInt32Native(x.Value).AsSingle());
}

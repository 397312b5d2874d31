using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>Four floats.</summary>
/// <remarks>Made by reinterpretation rather than by a constructor: each call costs the compiler a temporary, and it keeps track of so many only.</remarks>
readonly struct Wide128 : IWide<Wide128>
{
#pragma warning disable CS0649 // Written by reinterpretation.
    public readonly Vector128<float> Value;
#pragma warning restore CS0649

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 From(Vector128<float> value) => Unsafe.BitCast<Vector128<float>, Wide128>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Of(float value) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 OfBits(int value) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator +(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator *(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator /(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator &(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator ^(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 x) => Unsafe.BitCast<Vector128<float>, Wide128>(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator ~(Wide128 x) => Unsafe.BitCast<Vector128<float>, Wide128>(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator <(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator >(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Same(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Fused(Wide128 x, Wide128 y, Wide128 z) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Select(Wide128 condition, Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.ConditionalSelect(condition.Value, x.Value, y.Value));

    // The native forms give their second operand where either is NaN (x86) or NaN (Arm): both keep the NaN in x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 AtMost(Wide128 x, Wide128 limit) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.MinNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 AtLeast(Wide128 x, Wide128 limit) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.MaxNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Scale(Wide128 x, Wide128 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector128<float>, Wide128>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ScaleWithin(Wide128 x, Wide128 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector128<float>, Wide128>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleInOneStep(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ScaleDown(Wide128 x, Wide128 n)
        => Avx512F.VL.IsSupported ? Unsafe.BitCast<Vector128<float>, Wide128>(Avx512F.VL.Scale(x.Value, n.Value)) : Functions.ScaleAboveDenormals(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 AddBits(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>((x.Value.AsInt32() + y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 SubtractBits(Wide128 x, Wide128 y) => Unsafe.BitCast<Vector128<float>, Wide128>((x.Value.AsInt32() - y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ShiftLeft(Wide128 x, int count) => Unsafe.BitCast<Vector128<float>, Wide128>((x.Value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ShiftRight(Wide128 x, int count) => Unsafe.BitCast<Vector128<float>, Wide128>((x.Value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ToFloat(Wide128 x) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.ConvertToSingle(x.Value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ToWhole(Wide128 x) => Unsafe.BitCast<Vector128<float>, Wide128>(Vector128.ConvertToInt32Native(x.Value).AsSingle());
}

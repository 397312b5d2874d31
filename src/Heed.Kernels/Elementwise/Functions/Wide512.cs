using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>Sixteen floats.</summary>
/// <remarks>Made by reinterpretation rather than by a constructor: each call costs the compiler a temporary, and it keeps track of so many only.</remarks>
readonly struct Wide512 : IWide<Wide512>
{
#pragma warning disable CS0649 // Written by reinterpretation.
    public readonly Vector512<float> Value;
#pragma warning restore CS0649

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 From(Vector512<float> value) => Unsafe.BitCast<Vector512<float>, Wide512>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Of(float value) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 OfBits(int value) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator +(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator *(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator /(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator &(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator ^(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 x) => Unsafe.BitCast<Vector512<float>, Wide512>(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator ~(Wide512 x) => Unsafe.BitCast<Vector512<float>, Wide512>(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator <(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator >(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Same(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Fused(Wide512 x, Wide512 y, Wide512 z) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Select(Wide512 condition, Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.ConditionalSelect(condition.Value, x.Value, y.Value));

    // The native forms give their second operand where either is NaN (x86) or NaN (Arm): both keep the NaN in x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 AtMost(Wide512 x, Wide512 limit) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.MinNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 AtLeast(Wide512 x, Wide512 limit) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.MaxNative(limit.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Scale(Wide512 x, Wide512 n)
        => Avx512F.IsSupported ? Unsafe.BitCast<Vector512<float>, Wide512>(Avx512F.Scale(x.Value, n.Value)) : Functions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ScaleWithin(Wide512 x, Wide512 n)
        => Avx512F.IsSupported ? Unsafe.BitCast<Vector512<float>, Wide512>(Avx512F.Scale(x.Value, n.Value)) : Functions.ScaleInOneStep(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ScaleDown(Wide512 x, Wide512 n)
        => Avx512F.IsSupported ? Unsafe.BitCast<Vector512<float>, Wide512>(Avx512F.Scale(x.Value, n.Value)) : Functions.ScaleAboveDenormals(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 AddBits(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>((x.Value.AsInt32() + y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 SubtractBits(Wide512 x, Wide512 y) => Unsafe.BitCast<Vector512<float>, Wide512>((x.Value.AsInt32() - y.Value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ShiftLeft(Wide512 x, int count) => Unsafe.BitCast<Vector512<float>, Wide512>((x.Value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ShiftRight(Wide512 x, int count) => Unsafe.BitCast<Vector512<float>, Wide512>((x.Value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ToFloat(Wide512 x) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.ConvertToSingle(x.Value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ToWhole(Wide512 x) => Unsafe.BitCast<Vector512<float>, Wide512>(Vector512.ConvertToInt32Native(x.Value).AsSingle());
}

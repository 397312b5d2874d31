using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>A number the compiler sees, so that a kernel is compiled for it.</summary>
internal interface ICount
{
    static abstract int Count { get; }
}

/// <summary>Columns of one row that a product keeps in registers.</summary>
internal unsafe interface IStrip<TSelf> where TSelf : unmanaged, IStrip<TSelf>
{
    static abstract TSelf Load(float* source);

    static abstract void Store(in TSelf strip, float* target);

    /// <summary>x·y + sum, rounded once.</summary>
    static abstract TSelf MultiplyAdd(float x, in TSelf y, in TSelf sum);
}

internal readonly struct Count1 : ICount
{
    public static int Count => 1;
}

internal readonly struct Count2 : ICount
{
    public static int Count => 2;
}

internal readonly struct Count3 : ICount
{
    public static int Count => 3;
}

internal readonly struct Count4 : ICount
{
    public static int Count => 4;
}

internal readonly struct Count5 : ICount
{
    public static int Count => 5;
}

internal readonly struct Count6 : ICount
{
    public static int Count => 6;
}

/// <summary>16 columns in 1 vector of 16.</summary>
internal unsafe struct Strip1 : IStrip<Strip1>
{
    Vector512<float> a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1 Load(float* source) => new()
    {
        a = Vector512.Load(source),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip1 strip, float* target)
    {
        strip.a.Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1 MultiplyAdd(float x, in Strip1 y, in Strip1 sum)
    {
        var all = Vector512.Create(x);
        return new()
        {
            a = Vector512.FusedMultiplyAdd(all, y.a, sum.a),
        };
    }
}

/// <summary>32 columns in 2 vectors of 16.</summary>
internal unsafe struct Strip2 : IStrip<Strip2>
{
    Vector512<float> a, b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2 Load(float* source) => new()
    {
        a = Vector512.Load(source),
        b = Vector512.Load(source + 16),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip2 strip, float* target)
    {
        strip.a.Store(target);
        strip.b.Store(target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2 MultiplyAdd(float x, in Strip2 y, in Strip2 sum)
    {
        var all = Vector512.Create(x);
        return new()
        {
            a = Vector512.FusedMultiplyAdd(all, y.a, sum.a),
            b = Vector512.FusedMultiplyAdd(all, y.b, sum.b),
        };
    }
}

/// <summary>48 columns in 3 vectors of 16.</summary>
internal unsafe struct Strip3 : IStrip<Strip3>
{
    Vector512<float> a, b, c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3 Load(float* source) => new()
    {
        a = Vector512.Load(source),
        b = Vector512.Load(source + 16),
        c = Vector512.Load(source + 32),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip3 strip, float* target)
    {
        strip.a.Store(target);
        strip.b.Store(target + 16);
        strip.c.Store(target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3 MultiplyAdd(float x, in Strip3 y, in Strip3 sum)
    {
        var all = Vector512.Create(x);
        return new()
        {
            a = Vector512.FusedMultiplyAdd(all, y.a, sum.a),
            b = Vector512.FusedMultiplyAdd(all, y.b, sum.b),
            c = Vector512.FusedMultiplyAdd(all, y.c, sum.c),
        };
    }
}

/// <summary>64 columns in 4 vectors of 16.</summary>
internal unsafe struct Strip4 : IStrip<Strip4>
{
    Vector512<float> a, b, c, d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4 Load(float* source) => new()
    {
        a = Vector512.Load(source),
        b = Vector512.Load(source + 16),
        c = Vector512.Load(source + 32),
        d = Vector512.Load(source + 48),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip4 strip, float* target)
    {
        strip.a.Store(target);
        strip.b.Store(target + 16);
        strip.c.Store(target + 32);
        strip.d.Store(target + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4 MultiplyAdd(float x, in Strip4 y, in Strip4 sum)
    {
        var all = Vector512.Create(x);
        return new()
        {
            a = Vector512.FusedMultiplyAdd(all, y.a, sum.a),
            b = Vector512.FusedMultiplyAdd(all, y.b, sum.b),
            c = Vector512.FusedMultiplyAdd(all, y.c, sum.c),
            d = Vector512.FusedMultiplyAdd(all, y.d, sum.d),
        };
    }
}

/// <summary>16 columns in two vectors of 8, for machines whose registers are that wide.</summary>
internal unsafe struct Half2 : IStrip<Half2>
{
    Vector256<float> a, b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Half2 Load(float* source) => new() { a = Vector256.Load(source), b = Vector256.Load(source + 8) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Half2 strip, float* target)
    {
        strip.a.Store(target);
        strip.b.Store(target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Half2 MultiplyAdd(float x, in Half2 y, in Half2 sum)
    {
        var all = Vector256.Create(x);
        return new()
        {
            a = Vector256.FusedMultiplyAdd(all, y.a, sum.a),
            b = Vector256.FusedMultiplyAdd(all, y.b, sum.b),
        };
    }
}

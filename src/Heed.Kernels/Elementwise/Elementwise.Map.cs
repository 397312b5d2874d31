using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y = f(x).</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    public static void Map<TFunction>(Workers workers, Floats x, Floats y) where TFunction : struct, IFunction
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Vectors.Split(workers, x.Length, new MapWork<TFunction>(x.Start, y.Start));
    }

    /// <summary>dx = dy · f′(x), or dx += dy · f′(x) rounded once.</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    public static void MapBack<TFunction>(Workers workers, Floats x, Floats dy, Floats dx, bool accumulate)
        where TFunction : struct, IFunction
    {
        Lengths.Equal(x, dy, nameof(x), nameof(dy));
        Lengths.Equal(x, dx, nameof(x), nameof(dx));
        Back<SlopeOfInput<TFunction>>(workers, x, dy, dx, accumulate);
    }

    /// <summary>dx = dy · f′(x), or dx += …, found from y = f(x) where x is gone.</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    public static void MapBackFromOutput<TFunction>(Workers workers, Floats y, Floats dy, Floats dx, bool accumulate)
        where TFunction : struct, IOutputFunction
    {
        Lengths.Equal(y, dy, nameof(y), nameof(dy));
        Lengths.Equal(y, dx, nameof(y), nameof(dx));
        Back<SlopeOfOutput<TFunction>>(workers, y, dy, dx, accumulate);
    }

    /// <summary>values = f(values + bias), as the end of a product of matrices does to a row while it is in cache.</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    /// <param name="values">What is replaced.</param>
    /// <param name="bias">As many floats, or null for none.</param>
    /// <param name="count">How many.</param>
    /// <param name="before">Where values + bias goes too, for the gradient; null for nowhere.</param>
    [MethodImpl(Vectors.Loop)]
    public static void BiasAndMap<TFunction>(float* values, float* bias, nint count, float* before = null)
        where TFunction : struct, IFunction
        => Vectors.Range(new BiasAndMapWork<TFunction>(values, bias, before), 0, count);

    static void Back<TSlope>(Workers workers, Floats x, Floats dy, Floats dx, bool accumulate) where TSlope : struct, ISlope
    {
        if (accumulate) Vectors.Split(workers, x.Length, new AddMapBackWork<TSlope>(x.Start, dy.Start, dx.Start));
        else Vectors.Split(workers, x.Length, new MapBackWork<TSlope>(x.Start, dy.Start, dx.Start));
    }

    interface ISlope
    {
        static abstract Vector512<float> Of(Vector512<float> x);
    }

    readonly struct SlopeOfInput<TFunction> : ISlope where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> x) => TFunction.Slope(x);
    }

    readonly struct SlopeOfOutput<TFunction> : ISlope where TFunction : struct, IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> x) => TFunction.SlopeAt(x);
    }

    readonly struct MapWork<TFunction>(float* x, float* y) : IVectorWork where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, TFunction.Value(extent.Load(x + at)));
    }

    readonly struct MapBackWork<TSlope>(float* x, float* dy, float* dx) : IVectorWork where TSlope : struct, ISlope
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(dx + at, extent.Load(dy + at) * TSlope.Of(extent.Load(x + at)));
    }

    readonly struct AddMapBackWork<TSlope>(float* x, float* dy, float* dx) : IVectorWork where TSlope : struct, ISlope
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(
                dx + at, Vector512.FusedMultiplyAdd(extent.Load(dy + at), TSlope.Of(extent.Load(x + at)), extent.Load(dx + at)));
    }

    readonly struct BiasAndMapWork<TFunction>(float* values, float* bias, float* before) : IVectorWork
        where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var sum = extent.Load(values + at);
            if (bias != null) sum += extent.Load(bias + at);
            if (before != null) extent.Store(before + at, sum);
            extent.Store(values + at, TFunction.Value(sum));
        }
    }
}

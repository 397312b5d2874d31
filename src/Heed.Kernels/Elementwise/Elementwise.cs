using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Sums, products and functions of runs, element by element.</summary>
/// <remarks>
/// Runs of one call are as long as each other, or <see cref="ArgumentException"/> is thrown. A result may stand in the very
/// place of an operand; runs that overlap otherwise give undefined results. An element depends on its own operands alone,
/// so neither threads nor lanes show in the bits.
/// </remarks>
public static unsafe partial class Elementwise
{
    /// <summary>z = x + y.</summary>
    public static void Add(Workers workers, Floats x, Floats y, Floats z)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Lengths.Equal(x, z, nameof(x), nameof(z));
        Vectors.Split(workers, x.Length, new SumWork(x.Start, y.Start, z.Start));
    }

    /// <summary>y += x.</summary>
    public static void AddTo(Workers workers, Floats x, Floats y) => Add(workers, y, x, y);

    /// <summary>z = x − y.</summary>
    public static void Subtract(Workers workers, Floats x, Floats y, Floats z)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Lengths.Equal(x, z, nameof(x), nameof(z));
        Vectors.Split(workers, x.Length, new DifferenceWork(x.Start, y.Start, z.Start));
    }

    /// <summary>z = x · y.</summary>
    public static void Multiply(Workers workers, Floats x, Floats y, Floats z)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Lengths.Equal(x, z, nameof(x), nameof(z));
        Vectors.Split(workers, x.Length, new ProductWork(x.Start, y.Start, z.Start));
    }

    /// <summary>z += x · y, rounded once: with dz for x and the other factor for y, the gradient of a product.</summary>
    public static void AddProduct(Workers workers, Floats x, Floats y, Floats z)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Lengths.Equal(x, z, nameof(x), nameof(z));
        Vectors.Split(workers, x.Length, new AddProductWork(x.Start, y.Start, z.Start));
    }

    /// <summary>y = factor · x.</summary>
    public static void Scale(Workers workers, Floats x, float factor, Floats y)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Vectors.Split(workers, x.Length, new ScaleWork(x.Start, factor, y.Start));
    }

    /// <summary>y += factor · x, rounded once.</summary>
    public static void AddScaled(Workers workers, Floats x, float factor, Floats y)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        Vectors.Split(workers, x.Length, new AddScaledWork(x.Start, factor, y.Start));
    }

    /// <summary>x = value.</summary>
    public static void Fill(Workers workers, Floats x, float value)
        => Vectors.Split(workers, x.Length, new FillWork(x.Start, value));

    readonly struct SumWork(float* x, float* y, float* z) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(z + at, extent.Load(x + at) + extent.Load(y + at));
    }

    readonly struct DifferenceWork(float* x, float* y, float* z) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(z + at, extent.Load(x + at) - extent.Load(y + at));
    }

    readonly struct ProductWork(float* x, float* y, float* z) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(z + at, extent.Load(x + at) * extent.Load(y + at));
    }

    readonly struct AddProductWork(float* x, float* y, float* z) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(z + at, Vector512.FusedMultiplyAdd(extent.Load(x + at), extent.Load(y + at), extent.Load(z + at)));
    }

    readonly struct ScaleWork(float* x, float factor, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, extent.Load(x + at) * Vector512.Create(factor));
    }

    readonly struct AddScaledWork(float* x, float factor, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, Vector512.FusedMultiplyAdd(extent.Load(x + at), Vector512.Create(factor), extent.Load(y + at)));
    }

    readonly struct FillWork(float* x, float value) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(x + at, Vector512.Create(value));
    }
}

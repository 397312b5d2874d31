using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Sums over runs, rows and columns, and what is made of them: softmax, norms.</summary>
/// <remarks>
/// Every sum over a row has one tree: element i goes to lane i mod 16 in order, then lane j takes lane j+8, j+4, j+2, j+1.
/// A row is done by one thread and a column by one lane, so the bits depend on neither threads nor other rows.
/// </remarks>
public static unsafe partial class Reduce
{
    /// <summary>Sums over flat runs are made of blocks of so many elements, whatever the number of threads.</summary>
    const nint FlatBlock = 65536;

    /// <summary>Σ x: float sums of blocks of 65,536, added up in double in the order of the blocks.</summary>
    public static double Sum(Workers workers, Floats x) => OverBlocks<Plain>(workers, x);

    /// <summary>Σ x²: float sums of blocks of 65,536, added up in double in the order of the blocks.</summary>
    public static double SumOfSquares(Workers workers, Floats x) => OverBlocks<Square>(workers, x);

    /// <summary>Whether an element is NaN or infinite.</summary>
    public static bool HasNonFinite(Workers workers, Floats x) => FirstNonFinite(workers, x) >= 0;

    /// <summary>The index of the first element that is NaN or infinite; −1 if all are finite.</summary>
    public static nint FirstNonFinite(Workers workers, Floats x)
    {
        var first = long.MaxValue;
        workers.Split((x.Length + FlatBlock - 1) / FlatBlock, 1, new FindNonFinite(x.Start, x.Length, &first));
        return first == long.MaxValue ? -1 : (nint)first;
    }

    static double OverBlocks<TTerm>(Workers workers, Floats x) where TTerm : struct, ITerm
    {
        var blocks = (x.Length + FlatBlock - 1) / FlatBlock;
        var partials = Scratch.Take(ScratchUse.Partials, blocks);
        workers.Split(blocks, 1, new SumBlocks<TTerm>(x.Start, x.Length, partials.Start));
        var sum = 0.0;
        for (nint block = 0; block < blocks; block++) sum += partials.Start[block];
        return sum;
    }

    /// <summary>Adds up terms of one run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float SumOver<TTerm>(float* x, nint length) where TTerm : struct, ITerm => Vectors.Sum(new TermsOf<TTerm>(x), length);

    interface ITerm
    {
        static abstract Vector512<float> Add(Vector512<float> sum, Vector512<float> x);
    }

    readonly struct Plain : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Add(Vector512<float> sum, Vector512<float> x) => sum + x;
    }

    readonly struct Square : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Add(Vector512<float> sum, Vector512<float> x) => Vector512.FusedMultiplyAdd(x, x, sum);
    }

    readonly struct TermsOf<TTerm>(float* x) : IVectorTerms where TTerm : struct, ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
            => TTerm.Add(sum, extent.Load(x + at));
    }

    readonly struct SumBlocks<TTerm>(float* x, nint length, float* partials) : IWork where TTerm : struct, ITerm
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var block = start; block < end; block++)
                partials[block] = SumOver<TTerm>(x + block * FlatBlock, Math.Min(FlatBlock, length - block * FlatBlock));
        }
    }

    readonly struct FindNonFinite(float* x, nint length, long* first) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            nint at = start * FlatBlock, stop = Math.Min(end * FlatBlock, length);
            var exponent = Vector512.Create(0x7F800000);
            for (; at <= stop - Vectors.Lanes; at += Vectors.Lanes)
                if (Vector512.EqualsAny(Vector512.Load((int*)x + at) & exponent, exponent)) break;
            for (; at < stop; at++)
            {
                if (float.IsFinite(x[at])) continue;
                long found = at, seen = Volatile.Read(ref *first);
                while (found < seen)
                {
                    var before = Interlocked.CompareExchange(ref *first, found, seen);
                    if (before == seen) break;
                    seen = before;
                }
                return;
            }
        }
    }
}

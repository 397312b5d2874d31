using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What is done to one row of scores between the products of a tile.</summary>
internal static unsafe class TileRow
{
    /// <summary>All bits set in the lanes whose bit is set, of the low 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lanes(ulong bits)
    {
        var lane = Vector512.Create(Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128), Vector256.Create(256, 512, 1024, 2048, 4096, 8192, 16384, 32768));
        return Vector512.Equals(Vector512.Create((int)bits) & lane, lane).AsSingle();
    }

    /// <summary>Puts −∞ where a key is not seen: bit j for score j.</summary>
    [MethodImpl(Vectors.Loop)]
    public static void Hide(float* scores, ulong visible, int vectors)
    {
        for (var v = 0; v < vectors; v++, scores += 16, visible >>= 16)
        {
            if ((visible & 0xFFFF) == 0xFFFF) continue;
            Vector512.ConditionalSelect(Lanes(visible & 0xFFFF), Vector512.Load(scores), Vector512.Create(float.NegativeInfinity)).Store(scores);
        }
    }

    /// <summary>Puts zero where a weight is not kept: bit j for weight j.</summary>
    [MethodImpl(Vectors.Loop)]
    public static void Drop(float* weights, ulong kept, int vectors)
    {
        for (var v = 0; v < vectors; v++, weights += 16, kept >>= 16) (Vector512.Load(weights) & Lanes(kept & 0xFFFF)).Store(weights);
    }

    /// <summary>The greatest of one to four vectors of scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(float* scores, int vectors)
    {
        var x = Vector512.Load(scores);
        if (vectors == 4)
            x = Vectors.Greater(Vectors.Greater(x, Vector512.Load(scores + 16)), Vectors.Greater(Vector512.Load(scores + 32), Vector512.Load(scores + 48)));
        else
            for (var v = 1; v < vectors; v++) x = Vectors.Greater(x, Vector512.Load(scores + 16 * v));
        return Vectors.Greatest(x);
    }

    /// <summary>weights = exp(scores − shift) for some rows of a tile, each with a shift of its own; sums += weights, lane by lane in order.</summary>
    [MethodImpl(Vectors.Loop)]
    public static void Weigh(float* scores, float* shifts, float* sums, int rows, int vectors)
    {
        for (var r = 0; r < rows; r++, scores += TileProduct.Keys, sums += 16)
        {
            var shift = Vector512.Create(shifts[r]);
            var sum = Vector512.Load(sums);
            for (var v = 0; v < vectors; v++)
            {
                var weights = Functions.Weight(Vector512.Load(scores + 16 * v) - shift);
                weights.Store(scores + 16 * v);
                sum += weights;
            }
            sum.Store(sums);
        }
    }

    /// <summary>x·y over a padded row: element i in lane i mod 16, then folded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* x, float* y, int width)
    {
        var sum = Vector512<float>.Zero;
        var c = 0;
        for (; c <= width - 16; c += 16) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c), Vector512.Load(y + c), sum);
        if (c < width) sum = Vector512.FusedMultiplyAdd(Tail(x + c, width - c), Tail(y + c, width - c), sum);
        return Vectors.Sum(sum);
    }

    /// <summary>Less than a vector, then zeros. A method of its own, because room on the stack is paid for by every call of the method that has it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector512<float> Tail(float* source, int count)
    {
        var tail = stackalloc float[16];
        new Span<float>(tail, 16).Clear();
        for (var i = 0; i < count; i++) tail[i] = source[i];
        return Vector512.Load(tail);
    }
}

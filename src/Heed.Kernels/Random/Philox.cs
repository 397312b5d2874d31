using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>
/// Philox4x32-10: 128 random bits as a function of a 128-bit counter and a 64-bit key. Salmon, Moraes, Dror, Shaw 2011,
/// "Parallel Random Numbers: As Easy as 1, 2, 3".
/// </summary>
/// <remarks>There is no state: any thread may ask for any part of the sequence, in any order, and gets the same bits.</remarks>
public static class Philox
{
    const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    const int Rounds = 10;

    /// <summary>The block at counter (c0, c1, c2, c3), lowest word first, under a key of two words.</summary>
    public static PhiloxBlock Block(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new PhiloxBlock(c0, c1, c2, c3);
    }

    /// <summary>The sixteen blocks at the counters in the lanes of (c0, c1, c2, c3), each what the scalar form gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlocks Block(
        Vector512<uint> c0, Vector512<uint> c1, Vector512<uint> c2, Vector512<uint> c3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (low0, high0) = Multiply(c0, Multiplier0);
            var (low1, high1) = Multiply(c2, Multiplier1);
            c0 = high1 ^ c1 ^ Vector512.Create(key0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector512.Create(key1);
            c3 = low0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new PhiloxBlocks(c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector512<uint> Low, Vector512<uint> High) Multiply(Vector512<uint> x, uint factor)
    {
        var even = Products(x, factor);
        var odd = Products((x.AsUInt64() >>> 32).AsUInt32(), factor);
        var upper = Vector512.Create(0xFFFFFFFF_00000000ul);
        var low = (even & ~upper) | (odd << 32);
        var high = (even >>> 32) | (odd & upper);
        return (low.AsUInt32(), high.AsUInt32());
    }

    /// <summary>The full products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Products(Vector512<uint> x, uint factor)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(x, Vector512.Create(factor));
        if (Avx2.IsSupported)
        {
            var factors = Vector256.Create(factor);
            return Vector512.Create(Avx2.Multiply(x.GetLower(), factors), Avx2.Multiply(x.GetUpper(), factors));
        }
        return (x.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) * Vector512.Create((ulong)factor);
    }
}

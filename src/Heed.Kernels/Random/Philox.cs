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
        => Avx512F.IsSupported ? Apart(c0, c1, c2, c3, key0, key1) : Together(c0, c1, c2, c3, key0, key1);

    // Even and odd lanes each in the lower halves of 64 bits: what the upper halves hold is not multiplied, and an exclusive or leaves it
    // where it is, so that nothing is put together between rounds. Takes more than sixteen registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static PhiloxBlocks Apart(Vector512<uint> c0, Vector512<uint> c1, Vector512<uint> c2, Vector512<uint> c3, uint key0, uint key1)
    {
        PhiloxBlocks even = new(c0, c1, c2, c3), odd = new(Upper(c0), Upper(c1), Upper(c2), Upper(c3));
        for (var round = 0; round < Rounds; round++)
        {
            Vector512<uint> k0 = Vector512.Create(key0), k1 = Vector512.Create(key1);
            even = Next(even, k0, k1);
            odd = Next(odd, k0, k1);
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new PhiloxBlocks(Whole(even.X0, odd.X0), Whole(even.X1, odd.X1), Whole(even.X2, odd.X2), Whole(even.X3, odd.X3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static PhiloxBlocks Next(PhiloxBlocks x, Vector512<uint> key0, Vector512<uint> key1)
    {
        Vector512<uint> product0 = Products(x.X0, Multiplier0), product1 = Products(x.X2, Multiplier1);
        return new PhiloxBlocks(Upper(product1) ^ x.X1 ^ key0, product1, Upper(product0) ^ x.X3 ^ key1, product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static PhiloxBlocks Together(Vector512<uint> c0, Vector512<uint> c1, Vector512<uint> c2, Vector512<uint> c3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Vector512<uint> even0 = Products(c0, Multiplier0), odd0 = Products(Upper(c0), Multiplier0);
            Vector512<uint> even1 = Products(c2, Multiplier1), odd1 = Products(Upper(c2), Multiplier1);
            c0 = Whole(Upper(even1), Upper(odd1)) ^ c1 ^ Vector512.Create(key0);
            c1 = Whole(even1, odd1);
            c2 = Whole(Upper(even0), Upper(odd0)) ^ c3 ^ Vector512.Create(key1);
            c3 = Whole(even0, odd0);
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new PhiloxBlocks(c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Upper(Vector512<uint> x) => (x.AsUInt64() >>> 32).AsUInt32();

    /// <summary>The lower halves of both, lanes in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Whole(Vector512<uint> even, Vector512<uint> odd)
        => ((even.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) | (odd.AsUInt64() << 32)).AsUInt32();

    /// <summary>The full products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Products(Vector512<uint> x, uint factor)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(x, Vector512.Create(factor)).AsUInt32();
        if (Avx2.IsSupported)
        {
            var factors = Vector256.Create(factor);
            return Vector512.Create(Avx2.Multiply(x.GetLower(), factors), Avx2.Multiply(x.GetUpper(), factors)).AsUInt32();
        }
        return ((x.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) * Vector512.Create((ulong)factor)).AsUInt32();
    }
}

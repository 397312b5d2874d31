using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>Drives work over flat runs and folds lanes.</summary>
/// <remarks>
/// The compiler inlines only so much into one method, and grants more only where every call from that method down asks to be
/// inlined. So a method with a loop is a <see cref="Loop"/>: no other method swallows it, it holds one formula, and from it down
/// to the last operator everything asks to be inlined. Its arguments are few and plain, because a struct on the stack is written
/// narrow and read wide, for which the processor waits.
/// </remarks>
static class Vectors
{
    /// <summary>How a method with a loop is compiled: by itself, and well from its first call on.</summary>
    public const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>How many lanes there are, on every machine.</summary>
    public const int Lanes = 16;

    /// <summary>0 … 15. In halves, which are constants where the whole would be made by a loop: on machines without registers of 512 bits.</summary>
    public static Vector512<int> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(8, 9, 10, 11, 12, 13, 14, 15));
    }

    // Threads meet only at multiples of this, so that no two write to one cache line of aligned memory.
    const int Block = 1024;
    const int BlocksWorthAThread = 8;

    /// <summary>Does all elements of a run of <paramref name="length"/>.</summary>
    public static void Split<TWork>(Workers workers, nint length, TWork work) where TWork : struct, IVectorWork
        => workers.Split((length + Block - 1) / Block, BlocksWorthAThread, new Blocks<TWork>(work, length));

    /// <summary>Does the elements from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Range<TWork>(TWork work, nint start, nint end) where TWork : struct, IVectorWork
    {
        var at = start;
        for (; at <= end - Lanes; at += Lanes) work.Do(default(FullExtent), at);
        if (at >= end) return;
        var last = work;                // a copy, so that the work of the loop can stay in registers
        Tail(in last, at, end);
    }

    // Not inlined: long work would otherwise stand in the caller twice.
    [MethodImpl(Loop)]
    static void Tail<TWork>(ref readonly TWork work, nint at, nint end) where TWork : struct, IVectorWork
        => work.Do(new PartialExtent(end - at), at);

    /// <summary>Σ of the terms of a run of <paramref name="length"/>: element i in lane i mod 16, in order, then the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<TTerms>(TTerms terms, nint length) where TTerms : struct, IVectorTerms
    {
        var sum = Vector512<float>.Zero;
        nint at = 0;
        for (; at <= length - Lanes; at += Lanes) sum = terms.Add(sum, default(FullExtent), at);
        // Not a call as in Range: the sum would have to lie in memory for it.
        if (at < length) sum = terms.Add(sum, new PartialExtent(length - at), at);
        return Sum(sum);
    }

    /// <summary>The sum of the lanes: lane j takes lane j+8, then j+4, j+2, j+1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x)
    {
        var eight = x.GetLower() + x.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
        return two[0] + two[1];
    }

    /// <summary>Whether the machine can be asked for cache lines.</summary>
    public static bool CanAsk => Sse.IsSupported;

    /// <summary>Asks for a cache line that will be read soon, at an address that need not exist, into the second cache; nothing where the machine cannot be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask(float* line)
    {
        if (CanAsk) Sse.Prefetch1(line);
    }

    /// <summary>The same into the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void AskNear(float* line)
    {
        if (CanAsk) Sse.Prefetch0(line);
    }

    /// <summary>−|x|: where f(x) = f(−x) + x, or 1 − f(−x), the half below zero says all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Below(Vector512<float> x) => x | Vector512.Create(-0f);

    /// <summary>The greater of each two lanes; x where they are equal, or where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Greater(Vector512<float> x, Vector512<float> y)
        => Sse.IsSupported ? Vector512.MaxNative(y, x) : Vector512.ConditionalSelect(Vector512.GreaterThan(y, x), y, x);

    /// <summary>The greatest of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(Vector512<float> x)
    {
        var eight = Greater(x.GetLower(), x.GetUpper());
        var four = Greater(eight.GetLower(), eight.GetUpper());
        var two = Greater(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3)));
        return two[1] > two[0] ? two[1] : two[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Greater(Vector256<float> x, Vector256<float> y)
        => Sse.IsSupported ? Vector256.MaxNative(y, x) : Vector256.ConditionalSelect(Vector256.GreaterThan(y, x), y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Greater(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Vector128.MaxNative(y, x) : Vector128.ConditionalSelect(Vector128.GreaterThan(y, x), y, x);

    readonly struct Blocks<TWork>(TWork work, nint length) : IWork where TWork : struct, IVectorWork
    {
        [MethodImpl(Loop)]
        public void Run(nint start, nint end) => Range(work, start * Block, Math.Min(end * Block, length));
    }
}

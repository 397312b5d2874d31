using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Which elements stay, and by what they are multiplied: element 128 g + 16 v + l is decided by counter 16 g + l, word v mod 4, half v / 4.</summary>
readonly struct DropoutRule
{
    const int Steps = 1 << 16;

    readonly uint key0, key1, threshold;
    readonly float factor;

    public DropoutRule(float rate, ulong seed)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate is at least 0 and below 1.");
        threshold = Math.Min((uint)(rate * Steps + 0.5f), Steps - 1);
        factor = (float)Steps / (Steps - threshold);
        (key0, key1) = ((uint)seed, (uint)(seed >> 32));
    }

    public bool Drops => threshold > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PhiloxBlocks Draw(nint group)
    {
        // Sixteen consecutive counters beginning at a multiple of sixteen share their upper words.
        var first = (ulong)group * 16;
        var low = Vector512.Create((uint)first) + Vectors.Indices.AsUInt32();
        var zero = Vector512<uint>.Zero;
        return Philox.Block(low, Vector512.Create((uint)(first >> 32)), zero, zero, key0, key1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Lower(Vector512<uint> bits) => Factor((bits & Vector512.Create(0xFFFFu)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Upper(Vector512<uint> bits) => Factor((bits >>> 16).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector512<float> Factor(Vector512<int> bits)
    {
        var stays = Vector512.GreaterThanOrEqual(bits, Vector512.Create((int)threshold)).AsSingle();
        return Vector512.ConditionalSelect(stays, Vector512.Create(factor), Vector512<float>.Zero);
    }
}

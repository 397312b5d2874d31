using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>Keys [Start, End) of a segment; empty when End ≤ Start.</summary>
/// <param name="Start">The first key.</param>
/// <param name="End">The key behind the last one.</param>
public readonly record struct KeyRange(int Start, int End)
{
    /// <summary>No keys.</summary>
    public static KeyRange None => default;

    /// <summary>Whether there is no key in the range.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>The part of [start, end) at or after <paramref name="from"/> and before <paramref name="keys"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static KeyRange Clip(long start, long end, int from, int keys)
    {
        var first = Math.Max(start, from);
        var last = Math.Min(end, keys);
        return first < last ? new KeyRange((int)first, (int)last) : None;
    }
}

/// <summary>Says which keys a query sees, as ranges, so that keys nobody sees cost nothing.</summary>
public interface IMask
{
    /// <summary>The first range of visible keys at or after <paramref name="from"/>, within [from, keys); empty when there is none.</summary>
    /// <param name="query">Where the query stands.</param>
    /// <param name="from">The first key asked about.</param>
    /// <param name="keys">How many keys the segment has.</param>
    KeyRange Next(in QueryPlace query, int from, int keys);
}

/// <summary>Every query sees every key.</summary>
public readonly record struct FullMask : IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys) => KeyRange.Clip(0, keys, from, keys);
}

/// <summary>Visible: key ≤ position; when strict, key &lt; position.</summary>
/// <param name="Strict">Whether a query does not see its own position.</param>
public readonly record struct CausalMask(bool Strict) : IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys) => KeyRange.Clip(0, query.Position + (Strict ? 0L : 1L), from, keys);
}

/// <summary>Visible: position − Before ≤ key ≤ position + After. Beltagy et al. 2020, §3.1.</summary>
/// <param name="Before">How many keys before its own position a query sees.</param>
/// <param name="After">How many keys behind its own position a query sees.</param>
public readonly record struct WindowMask(int Before, int After) : IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys)
        => KeyRange.Clip((long)query.Position - Before, (long)query.Position + After + 1, from, keys);
}

/// <summary>Visible: key &lt; Length or key ≤ position. Raffel et al. 2020, §3.2.1, figure 4.</summary>
/// <param name="Length">How many first keys everybody sees.</param>
public readonly record struct PrefixMask(int Length) : IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys) => KeyRange.Clip(0, Math.Max(Length, query.Position + 1L), from, keys);
}

/// <summary>Visible: ⌊key / Size⌋ = ⌊position / Size⌋.</summary>
/// <param name="Size">Keys in a block; 1 or more.</param>
public readonly record struct BlockMask(int Size) : IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys)
    {
        var start = (long)(query.Position / Size) * Size;
        return KeyRange.Clip(start, start + Size, from, keys);
    }
}

/// <summary>Visible: what both masks show.</summary>
/// <typeparam name="TFirst">One mask.</typeparam>
/// <typeparam name="TSecond">The other mask.</typeparam>
/// <param name="First">One mask.</param>
/// <param name="Second">The other mask.</param>
public readonly record struct BothMask<TFirst, TSecond>(TFirst First, TSecond Second) : IMask
    where TFirst : struct, IMask where TSecond : struct, IMask
{
    /// <inheritdoc/>
    public KeyRange Next(in QueryPlace query, int from, int keys)
    {
        while (true)
        {
            var first = First.Next(query, from, keys);
            var second = Second.Next(query, from, keys);
            if (first.IsEmpty || second.IsEmpty) return KeyRange.None;
            var start = Math.Max(first.Start, second.Start);
            var end = Math.Min(first.End, second.End);
            if (start < end) return new KeyRange(start, end);
            from = start;
        }
    }
}

namespace Heed.Data.Phrases;

/// <summary>
/// Chance as a function of seed and place: the n-th number is mix(key + n·γ). Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators", with the finaliser of Stafford's variant 13. The same numbers on every machine.
/// </summary>
internal sealed class Chance(ulong seed, ulong stream)
{
    const ulong Gamma = 0x9E3779B97F4A7C15;

    readonly ulong key = Mix(Mix(seed + Gamma) ^ (stream * Gamma));
    ulong count;

    /// <summary>A number from 0 to <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Mix(key + ++count * Gamma), (ulong)bound, out _);

    /// <summary>True <paramref name="percent"/> times in a hundred.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>The index of one of the weights, in proportion to them.</summary>
    public int Among(params ReadOnlySpan<int> weights)
    {
        var total = 0;
        foreach (var weight in weights)
            total += weight;
        var rest = Below(total);
        var index = 0;
        while (rest >= weights[index])
            rest -= weights[index++];
        return index;
    }

    /// <summary>A bijection of 64 bits in which every bit of the result depends on every bit of the argument.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

using System.Text.Json.Serialization;
using Heed.Kernels;

namespace Heed.Positions;

/// <summary>How rotary positions are stretched to sequences longer than those of training; each kind is its own JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoScaling), "none")]
[JsonDerivedType(typeof(LinearScaling), "linear")]
[JsonDerivedType(typeof(NtkScaling), "ntk")]
[JsonDerivedType(typeof(YarnScaling), "yarn")]
[JsonDerivedType(typeof(Llama3Scaling), "llama3")]
public abstract record RotaryScaling
{
    /// <summary>ωᵢ for each pair of columns, in turns of a radian a place.</summary>
    /// <param name="base">the base of the unscaled frequencies</param>
    /// <param name="turned">w, how many columns turn</param>
    public abstract double[] Frequencies(double @base, int turned);

    /// <summary>What turned queries and keys are multiplied with.</summary>
    [JsonIgnore]
    public virtual double Magnitude => 1;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults() => [];

    /// <summary>base^(−2i/w) for each pair of columns i.</summary>
    private protected static double[] Plain(double @base, int turned)
        => [.. Enumerable.Range(0, turned / 2).Select(i => Functions.Power(@base, -2.0 * i / turned))];

    /// <summary>A fault unless a factor is at least 1 and finite.</summary>
    private protected static IEnumerable<string> AtLeastOne(string key, double value)
        => value >= 1 && double.IsFinite(value) ? [] : [FormattableString.Invariant($"{key} is {value}; it must be at least 1.")];

    /// <summary>A fault unless a length is at least 1.</summary>
    private protected static IEnumerable<string> Length(int value)
        => value >= 1 ? [] : [$"originalLength is {value}; it is the length of the sequences of training, at least 1."];
}

/// <summary>ωᵢ = base^(−2i/w). Su et al. 2021.</summary>
public sealed record NoScaling : RotaryScaling
{
    /// <inheritdoc/>
    public override double[] Frequencies(double @base, int turned) => Plain(@base, turned);
}

/// <summary>ω′ᵢ = ωᵢ/s: places are interpolated. Chen et al. 2023, "Extending context window … via positional interpolation".</summary>
public sealed record LinearScaling : RotaryScaling
{
    /// <summary>s, at least 1.</summary>
    public double Factor { get; init; } = 2;

    /// <inheritdoc/>
    public override double[] Frequencies(double @base, int turned) => Array.ConvertAll(Plain(@base, turned), frequency => frequency / Factor);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => AtLeastOne("factor", Factor);
}

/// <summary>ω′ᵢ = (base·s^(w/(w−2)))^(−2i/w): the slowest pair is interpolated by s, the fastest not at all. "NTK-aware" in Peng et al. 2023, §3.1.</summary>
public sealed record NtkScaling : RotaryScaling
{
    /// <summary>s, at least 1.</summary>
    public double Factor { get; init; } = 2;

    /// <inheritdoc/>
    public override double[] Frequencies(double @base, int turned)
        => Plain(turned > 2 ? @base * Functions.Power(Factor, turned / (turned - 2.0)) : @base, turned);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => AtLeastOne("factor", Factor);
}

/// <summary>ω′ᵢ = (1 − γ)ωᵢ/s + γωᵢ, γ from 0 for pairs that turn less than <see cref="BetaSlow"/> times in a sequence of training to 1 for more than <see cref="BetaFast"/>. Peng et al. 2023, "YaRN", §3.2 and §3.4.</summary>
/// <remarks>As in the published code, γ is linear in the number of the pair between the two, which are rounded to whole pairs.</remarks>
public sealed record YarnScaling : RotaryScaling
{
    /// <summary>s, at least 1.</summary>
    public double Factor { get; init; } = 4;

    /// <summary>The length of the sequences of training, at least 1.</summary>
    public int OriginalLength { get; init; } = 2048;

    /// <summary>Turns in a sequence of training from which on a pair stays as it is; above <see cref="BetaSlow"/>.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>Turns in a sequence of training up to which a pair is interpolated; above 0.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>0.1·ln s + 1, so that the softmax is as sharp over longer sequences.</summary>
    public override double Magnitude => 0.1 * Functions.Log(Factor) + 1;

    /// <inheritdoc/>
    public override double[] Frequencies(double @base, int turned)
    {
        double low = Math.Max(Math.Floor(Pair(BetaFast, @base, turned)), 0), high = Math.Min(Math.Ceiling(Pair(BetaSlow, @base, turned)), turned - 1);
        if (low == high) high += 0.001;
        return [.. Plain(@base, turned).Select((frequency, i) =>
        {
            var interpolated = Math.Clamp((i - low) / (high - low), 0, 1);
            return interpolated * frequency / Factor + (1 - interpolated) * frequency;
        })];
    }

    // The number of the pair, not whole, that turns so often in a sequence of training: L·base^(−2i/w) = 2π·turns, solved for i.
    double Pair(double turns, double @base, int turned)
        => turned * Functions.Log(OriginalLength / (turns * 2 * Math.PI)) / (2 * Functions.Log(@base));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (var fault in AtLeastOne("factor", Factor).Concat(Length(OriginalLength))) yield return fault;
        if (!(BetaSlow > 0 && BetaFast > BetaSlow && double.IsFinite(BetaFast)))
            yield return FormattableString.Invariant($"betaFast is {BetaFast} and betaSlow {BetaSlow}; betaSlow must be above 0 and betaFast above it.");
    }
}

/// <summary>ω′ = ω where a wave is shorter than L/high, ω/s where it is longer than L/low, between them a mixture that is linear in L over the wave's length. Dubey et al. 2024; the code published with Llama 3.1.</summary>
public sealed record Llama3Scaling : RotaryScaling
{
    /// <summary>s, at least 1.</summary>
    public double Factor { get; init; } = 8;

    /// <summary>low: waves in a sequence of training below which a pair is interpolated; above 0.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>high: waves in a sequence of training above which a pair stays as it is; above <see cref="LowFrequencyFactor"/>.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>L, the length of the sequences of training, at least 1.</summary>
    public int OriginalLength { get; init; } = 8192;

    /// <inheritdoc/>
    public override double[] Frequencies(double @base, int turned) => Array.ConvertAll(Plain(@base, turned), frequency =>
    {
        var waves = OriginalLength * frequency / (2 * Math.PI);
        if (waves > HighFrequencyFactor) return frequency;
        if (waves < LowFrequencyFactor) return frequency / Factor;
        var kept = (waves - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return (1 - kept) * frequency / Factor + kept * frequency;
    });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (var fault in AtLeastOne("factor", Factor).Concat(Length(OriginalLength))) yield return fault;
        if (!(LowFrequencyFactor > 0 && HighFrequencyFactor > LowFrequencyFactor && double.IsFinite(HighFrequencyFactor)))
            yield return FormattableString.Invariant(
                $"lowFrequencyFactor is {LowFrequencyFactor} and highFrequencyFactor {HighFrequencyFactor}; the first must be above 0 and the second above it.");
    }
}

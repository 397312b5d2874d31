using Heed.Positions;

namespace Heed.Tests.PositionKinds;

/// <summary>Frequencies of stretched rotary positions, against the formulas written out in plain arithmetic.</summary>
public sealed class RotaryScalingTests
{
    const int Turned = 16;

    static double[] Plain(double @base) => [.. Enumerable.Range(0, Turned / 2).Select(i => Math.Pow(@base, -2.0 * i / Turned))];

    static void Same(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(1, found[i] / expected[i], 1e-12);
    }

    [Fact]
    public void Nothing_is_scaled_by_none_and_all_by_linear()
    {
        Same(Plain(10_000), new NoScaling().Frequencies(10_000, Turned));
        Same([.. Plain(500).Select(frequency => frequency / 3)], new LinearScaling { Factor = 3 }.Frequencies(500, Turned));
    }

    [Fact]
    public void Ntk_leaves_the_fastest_pair_alone_and_interpolates_the_slowest()
    {
        var scaled = new NtkScaling { Factor = 8 }.Frequencies(10_000, Turned);
        Assert.Equal(1, scaled[0]);
        Assert.Equal(1 / 8.0, scaled[^1] / Plain(10_000)[^1], 1e-12);
        Same([1], new NtkScaling().Frequencies(10_000, 2));
    }

    [Fact]
    public void Yarn_keeps_fast_pairs_interpolates_slow_ones_and_mixes_between()
    {
        var yarn = new YarnScaling { Factor = 4, OriginalLength = 64, BetaFast = 4, BetaSlow = 1 };
        var plain = Plain(10_000);
        // A pair turns n times in 64 places at i = 8·ln(64/2πn)/ln 10000: 0.81 for n = 4, 2.02 for n = 1; rounded outward, from 0 to 3.
        double[] share = [0, 1.0 / 3, 2.0 / 3, 1, 1, 1, 1, 1];
        Same([.. plain.Select((frequency, i) => share[i] * frequency / 4 + (1 - share[i]) * frequency)], yarn.Frequencies(10_000, Turned));
        Assert.Equal(0.1 * Math.Log(4) + 1, yarn.Magnitude, 1e-15);
    }

    [Fact]
    public void Llama3_has_three_branches()
    {
        var llama = new Llama3Scaling { Factor = 8, OriginalLength = 64 };
        var plain = Plain(500_000);
        var waves = plain.Select(frequency => 64 * frequency / (2 * Math.PI)).ToArray();
        Assert.Contains(waves, wave => wave > 4);
        Assert.Contains(waves, wave => wave is > 1 and < 4);
        Assert.Contains(waves, wave => wave < 1);
        Same([.. plain.Select((frequency, i) => waves[i] > 4 ? frequency : waves[i] < 1 ? frequency / 8
            : (1 - (waves[i] - 1) / 3) * frequency / 8 + (waves[i] - 1) / 3 * frequency)], llama.Frequencies(500_000, Turned));
    }
}

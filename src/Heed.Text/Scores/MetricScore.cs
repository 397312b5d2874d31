namespace Heed.Text;

/// <summary>What a metric found, with the signature that says how it was computed.</summary>
public abstract record MetricScore
{
    /// <summary>The release of sacreBLEU whose definitions are followed, and whose number its signatures carry.</summary>
    internal const string Version = "2.6.0";

    private protected MetricScore(string name, double value, string signature)
    {
        Name = name;
        Value = value;
        Signature = signature;
    }

    /// <summary>The metric, as sacreBLEU names it.</summary>
    public string Name { get; }

    /// <summary>The score, 0 to 100; an error rate may exceed 100, a perplexity is 1 or more.</summary>
    public double Value { get; }

    /// <summary>How it was computed, as sacreBLEU signs it.</summary>
    public string Signature { get; }

    /// <summary>Mean and half width of the 95 % interval of resampled scores; nothing where none was asked for.</summary>
    public (double Mean, double HalfWidth)? Interval { get; init; }

    /// <summary>What is printed after the value.</summary>
    private protected virtual string Details => "";

    string Spread => Interval is { Mean: > 0 } found ? $" (μ = {Printed.Fixed(found.Mean, 2)} ± {Printed.Fixed(found.HalfWidth, 2)})" : "";

    /// <summary>The score as sacreBLEU prints it, signature included.</summary>
    public string Line => $"{Name}|{Signature} = {Printed.Fixed(Value, 2)}{Spread}{Details}";

    /// <summary>The score as sacreBLEU prints it, without the signature.</summary>
    public sealed override string ToString() => $"{Name} = {Printed.Fixed(Value, 2)}{Spread}{Details}";
}

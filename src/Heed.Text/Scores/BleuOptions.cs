namespace Heed.Text;

/// <summary>How BLEU is computed; the defaults are sacreBLEU's.</summary>
public sealed record BleuOptions
{
    /// <summary>BLEU of tokenised text: words as they stand, no smoothing. What the Moses script multi-bleu computes.</summary>
    public static BleuOptions Tokenised { get; } = new() { Tokenization = BleuTokenization.None, Smoothing = BleuSmoothing.None };

    /// <summary>How text is cut into words; default 13a.</summary>
    public BleuTokenization Tokenization { get; init; } = BleuTokenization.Mteval13a;

    /// <summary>Whether everything is lower-cased first; default no.</summary>
    public bool Lowercase { get; init; }

    /// <summary>What stands for a precision of zero; default exponential.</summary>
    public BleuSmoothing Smoothing { get; init; } = BleuSmoothing.Exponential;

    /// <summary>The constant of <see cref="BleuSmoothing.Floor"/> or <see cref="BleuSmoothing.AddK"/>; null for its default, 0.1 or 1.</summary>
    public double? SmoothingValue { get; init; }

    /// <summary>Whether orders longer than the hypothesis are left out of the mean; default no, for single sentences use yes.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>The longest n-grams, 1 or more; default 4.</summary>
    public int MaximumOrder { get; init; } = 4;

    internal double? Constant => Smoothing switch
    {
        BleuSmoothing.Floor => SmoothingValue ?? 0.1,
        BleuSmoothing.AddK => SmoothingValue ?? 1,
        _ => null,
    };

    /// <summary>How BLEU of this kind is signed.</summary>
    /// <param name="references">how many references each segment has</param>
    public string Signature(int references) => Signature(FormattableString.Invariant($"{references}"));

    internal string Signature(string references)
    {
        var tokenization = Tokenization switch
        {
            BleuTokenization.Mteval13a => "13a",
            BleuTokenization.International => "intl",
            BleuTokenization.Characters => "char",
            BleuTokenization.Chinese => "zh",
            _ => "none",
        };
        var smoothing = Smoothing switch
        {
            BleuSmoothing.Exponential => "exp",
            BleuSmoothing.Floor => "floor",
            BleuSmoothing.AddK => "add-k",
            _ => "none",
        };
        var constant = Constant is { } value ? $"[{Printed.Fixed(value, 2)}]" : "";
        return $"nrefs:{references}|case:{(Lowercase ? "lc" : "mixed")}|eff:{(EffectiveOrder ? "yes" : "no")}|tok:{tokenization}"
            + $"|smooth:{smoothing}{constant}|version:{MetricScore.Version}";
    }
}

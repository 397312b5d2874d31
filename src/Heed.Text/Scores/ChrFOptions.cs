namespace Heed.Text;

/// <summary>How chrF is computed; the defaults are sacreBLEU's.</summary>
public sealed record ChrFOptions
{
    /// <summary>chrF++: words and pairs of words count too. Popović 2017.</summary>
    public static ChrFOptions PlusPlus { get; } = new() { WordOrder = 2 };

    /// <summary>The longest n-grams of characters, 1 or more; default 6.</summary>
    public int CharacterOrder { get; init; } = 6;

    /// <summary>The longest n-grams of words; default 0, none.</summary>
    public int WordOrder { get; init; }

    /// <summary>How many times as much recall weighs as precision; default 2.</summary>
    public int Beta { get; init; } = 2;

    /// <summary>Whether everything is lower-cased first; default no.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether white space counts among the characters; default no.</summary>
    public bool Whitespace { get; init; }

    /// <summary>
    /// Whether all orders enter the mean, those without n-grams with a tiny constant, as in Popović's own script; default no:
    /// only orders that both sides have.
    /// </summary>
    public bool AllOrders { get; init; }

    internal string Name => $"chrF{Beta}{new string('+', WordOrder)}";

    internal string Signature(string references)
        => $"nrefs:{references}|case:{(Lowercase ? "lc" : "mixed")}|eff:{(AllOrders ? "no" : "yes")}|nc:{CharacterOrder}|nw:{WordOrder}"
        + $"|space:{(Whitespace ? "yes" : "no")}|version:{MetricScore.Version}";
}

namespace Heed.Text;

/// <summary>How TER is computed; the defaults are sacreBLEU's.</summary>
public sealed record TerOptions
{
    /// <summary>Whether punctuation is cut off words, and escaped signs are restored, first; default no.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether punctuation is taken away; default no.</summary>
    public bool NoPunctuation { get; init; }

    /// <summary>Whether these two treat Chinese, Japanese and Korean text too; default no.</summary>
    public bool AsianSupport { get; init; }

    /// <summary>Whether upper and lower case differ; default no.</summary>
    public bool CaseSensitive { get; init; }

    internal string Signature(string references)
        => $"nrefs:{references}|case:{(CaseSensitive ? "mixed" : "lc")}|tok:tercom|norm:{Answer(Normalised)}|punct:{Answer(!NoPunctuation)}"
        + $"|asian:{Answer(AsianSupport)}|version:{MetricScore.Version}";

    static string Answer(bool value) => value ? "yes" : "no";
}

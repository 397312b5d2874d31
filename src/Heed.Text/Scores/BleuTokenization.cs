namespace Heed.Text;

/// <summary>How text is cut into words before n-grams are counted.</summary>
public enum BleuTokenization
{
    /// <summary><c>13a</c>: as the mteval-v13a script of the WMT evaluations; for Western languages.</summary>
    Mteval13a,

    /// <summary><c>intl</c>: as mteval-v14 with international tokenisation, by the categories of Unicode.</summary>
    International,

    /// <summary><c>char</c>: every character is a word.</summary>
    Characters,

    /// <summary><c>zh</c>: every Chinese character is a word, the rest as 13a.</summary>
    Chinese,

    /// <summary><c>none</c>: at white space only. The choice for text that is tokenised already.</summary>
    None,
}

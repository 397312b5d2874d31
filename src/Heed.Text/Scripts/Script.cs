namespace Heed.Text;

/// <summary>A writing system whose letters can be told from others by their blocks in Unicode.</summary>
public enum Script
{
    /// <summary>Whatever it is.</summary>
    Any,

    /// <summary>Latin letters, with all their accents.</summary>
    Latin,

    /// <summary>Greek letters.</summary>
    Greek,

    /// <summary>Cyrillic letters.</summary>
    Cyrillic,

    /// <summary>Armenian letters.</summary>
    Armenian,

    /// <summary>Georgian letters.</summary>
    Georgian,

    /// <summary>Hebrew letters.</summary>
    Hebrew,

    /// <summary>Arabic letters, as Persian and Urdu have them too.</summary>
    Arabic,

    /// <summary>Devanagari: Hindi, Marathi, Nepali.</summary>
    Devanagari,

    /// <summary>Bengali letters.</summary>
    Bengali,

    /// <summary>Tamil letters.</summary>
    Tamil,

    /// <summary>Telugu letters.</summary>
    Telugu,

    /// <summary>Thai letters.</summary>
    Thai,

    /// <summary>Han characters, as Chinese is written.</summary>
    Chinese,

    /// <summary>Han characters, hiragana and katakana.</summary>
    Japanese,

    /// <summary>Hangul, and Han characters.</summary>
    Korean,
}

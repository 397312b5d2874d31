namespace Heed.Text;

/// <summary>Scores of translations against references, as sacreBLEU computes and prints them. Post 2018.</summary>
/// <remarks>
/// References come as streams: each holds one reference for every hypothesis, in order. Everything is thread-safe.
/// </remarks>
public static class Score
{
    /// <summary>BLEU of a corpus. Papineni et al. 2002.</summary>
    /// <param name="hypotheses">One segment a line.</param>
    /// <param name="references">Streams of references, each as long as the hypotheses.</param>
    /// <param name="options">How it is computed; sacreBLEU's defaults unless told.</param>
    /// <exception cref="ArgumentException">There is no reference, or a stream has another length than the hypotheses.</exception>
    public static BleuScore Bleu(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, BleuOptions? options = null)
        => (BleuScore)new BleuMetric(options ?? new BleuOptions()).Score(hypotheses, references);

    /// <summary>BLEU of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static BleuScore Bleu(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, BleuOptions? options = null)
        => Bleu(hypotheses, [references], options);

    /// <summary>BLEU of one segment, by default of the orders that it has. Give options of your own for another mean.</summary>
    public static BleuScore SentenceBleu(string hypothesis, IReadOnlyList<string> references, BleuOptions? options = null)
        => Bleu([hypothesis], Streams(references), options ?? new BleuOptions { EffectiveOrder = true });

    /// <summary>chrF or chrF++ of a corpus. Popović 2015, 2017.</summary>
    /// <param name="hypotheses">One segment a line.</param>
    /// <param name="references">Streams of references, each as long as the hypotheses; a segment is held against the one it fits best.</param>
    /// <param name="options">How it is computed; sacreBLEU's chrF2 unless told, chrF2++ with <see cref="ChrFOptions.PlusPlus"/>.</param>
    /// <exception cref="ArgumentException">There is no reference, or a stream has another length than the hypotheses.</exception>
    public static ChrFScore ChrF(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, ChrFOptions? options = null)
        => (ChrFScore)new ChrFMetric(options ?? new ChrFOptions()).Score(hypotheses, references);

    /// <summary>chrF or chrF++ of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static ChrFScore ChrF(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, ChrFOptions? options = null)
        => ChrF(hypotheses, [references], options);

    /// <summary>chrF or chrF++ of one segment.</summary>
    public static ChrFScore SentenceChrF(string hypothesis, IReadOnlyList<string> references, ChrFOptions? options = null)
        => ChrF([hypothesis], Streams(references), options);

    /// <summary>TER of a corpus. Snover et al. 2006.</summary>
    /// <param name="hypotheses">One segment a line.</param>
    /// <param name="references">Streams of references, each as long as the hypotheses; a segment is held against the one it needs the fewest edits to.</param>
    /// <param name="options">How it is computed; sacreBLEU's defaults unless told.</param>
    /// <exception cref="ArgumentException">There is no reference, or a stream has another length than the hypotheses.</exception>
    public static TerScore Ter(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, TerOptions? options = null)
        => (TerScore)new TerMetric(options ?? new TerOptions()).Score(hypotheses, references);

    /// <summary>TER of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static TerScore Ter(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, TerOptions? options = null)
        => Ter(hypotheses, [references], options);

    /// <summary>TER of one segment.</summary>
    public static TerScore SentenceTer(string hypothesis, IReadOnlyList<string> references, TerOptions? options = null)
        => Ter([hypothesis], Streams(references), options);

    static IReadOnlyList<IReadOnlyList<string>> Streams(IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return [.. references.Select(reference => (IReadOnlyList<string>)[reference])];
    }
}

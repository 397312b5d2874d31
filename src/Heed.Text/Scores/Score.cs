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
    /// <param name="references">Streams of references, each as long as the hypotheses; a segment is held against the one it needs the
    ///   fewest edits to.</param>
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

    /// <summary>ROUGE-1, -2, -L and -Lsum as Google's rouge_score computes them without stemming. Lin 2004.</summary>
    /// <param name="summaries">One summary each; for ROUGE-Lsum, one sentence a line.</param>
    /// <param name="references">Streams of references, each as long as the summaries; by each of the four a summary is held against the
    ///   one it fits best.</param>
    /// <exception cref="ArgumentException">There is no reference, or a stream has another length than the summaries.</exception>
    public static RougeScore Rouge(IReadOnlyList<string> summaries, IReadOnlyList<IReadOnlyList<string>> references)
    {
        Metric.Check(summaries, references);
        var metric = new RougeMetric();
        var sums = new RougeValue[4];
        var segment = new string[references.Count];
        for (var i = 0; i < summaries.Count; i++)
        {
            for (var r = 0; r < segment.Length; r++) segment[r] = references[r][i];
            metric.Add(summaries[i], segment, sums);
        }
        var mean = Array.ConvertAll(sums, sum => sum.Over(Math.Max(summaries.Count, 1)));
        return new RougeScore(mean[0], mean[1], mean[2], mean[3]);
    }

    /// <summary>ROUGE with one reference for each summary.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the summaries.</exception>
    public static RougeScore Rouge(IReadOnlyList<string> summaries, IReadOnlyList<string> references) => Rouge(summaries, [references]);

    /// <summary>Whether a system's BLEU differs from a baseline's by more than chance, by two tests.</summary>
    /// <exception cref="ArgumentException">Hypotheses and references are not aligned, or a number of trials is below 1.</exception>
    public static Comparison CompareBleu(IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references, BleuOptions? options = null, ComparisonOptions? comparison = null)
        => Compare(new BleuMetric(options ?? new BleuOptions()), baseline, system, references, comparison);

    /// <summary>Whether a system's chrF differs from a baseline's by more than chance, by two tests.</summary>
    /// <exception cref="ArgumentException">Hypotheses and references are not aligned, or a number of trials is below 1.</exception>
    public static Comparison CompareChrF(IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references, ChrFOptions? options = null, ComparisonOptions? comparison = null)
        => Compare(new ChrFMetric(options ?? new ChrFOptions()), baseline, system, references, comparison);

    /// <summary>Whether a system's TER differs from a baseline's by more than chance, by two tests.</summary>
    /// <exception cref="ArgumentException">Hypotheses and references are not aligned, or a number of trials is below 1.</exception>
    public static Comparison CompareTer(IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references, TerOptions? options = null, ComparisonOptions? comparison = null)
        => Compare(new TerMetric(options ?? new TerOptions()), baseline, system, references, comparison);

    static Comparison Compare(Metric metric, IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references, ComparisonOptions? comparison)
    {
        comparison ??= new ComparisonOptions();
        if (comparison.Resamples < 1 || comparison.Shuffles < 1)
            throw new ArgumentException(
                $"Resamples is {comparison.Resamples} and Shuffles {comparison.Shuffles}; both must be at least 1.", nameof(comparison));
        Metric.Check(baseline, references);
        Metric.Check(system, references);
        return new Significance(metric, baseline, system, references).Compare(comparison);
    }

    static IReadOnlyList<IReadOnlyList<string>> Streams(IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return [.. references.Select(reference => (IReadOnlyList<string>)[reference])];
    }
}

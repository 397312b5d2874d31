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
    /// <param name="bootstrap">How an interval around it is found; none unless told.</param>
    /// <exception cref="ArgumentException">There is no segment, no reference, or a stream of another length than the hypotheses.</exception>
    public static BleuScore Bleu(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, BleuOptions? options = null,
        BootstrapOptions? bootstrap = null)
        => (BleuScore)new BleuMetric(options ?? new BleuOptions()).Score(hypotheses, references, bootstrap);

    /// <summary>BLEU of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static BleuScore Bleu(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, BleuOptions? options = null, BootstrapOptions? bootstrap = null)
        => Bleu(hypotheses, [references], options, bootstrap);

    /// <summary>BLEU of one segment, by default of the orders that it has. Give options of your own for another mean.</summary>
    public static BleuScore SentenceBleu(string hypothesis, IReadOnlyList<string> references, BleuOptions? options = null)
        => Bleu([hypothesis], Streams(references), options ?? new BleuOptions { EffectiveOrder = true });

    /// <summary>chrF or chrF++ of a corpus. Popović 2015, 2017.</summary>
    /// <param name="hypotheses">One segment a line.</param>
    /// <param name="references">Streams of references, each as long as the hypotheses; a segment is held against the one it fits best.</param>
    /// <param name="options">How it is computed; sacreBLEU's chrF2 unless told, chrF2++ with <see cref="ChrFOptions.PlusPlus"/>.</param>
    /// <param name="bootstrap">How an interval around it is found; none unless told.</param>
    /// <exception cref="ArgumentException">There is no segment, no reference, or a stream of another length than the hypotheses.</exception>
    public static ChrFScore ChrF(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, ChrFOptions? options = null,
        BootstrapOptions? bootstrap = null)
        => (ChrFScore)new ChrFMetric(options ?? new ChrFOptions()).Score(hypotheses, references, bootstrap);

    /// <summary>chrF or chrF++ of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static ChrFScore ChrF(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, ChrFOptions? options = null, BootstrapOptions? bootstrap = null)
        => ChrF(hypotheses, [references], options, bootstrap);

    /// <summary>chrF or chrF++ of one segment.</summary>
    public static ChrFScore SentenceChrF(string hypothesis, IReadOnlyList<string> references, ChrFOptions? options = null)
        => ChrF([hypothesis], Streams(references), options);

    /// <summary>TER of a corpus. Snover et al. 2006.</summary>
    /// <param name="hypotheses">One segment a line.</param>
    /// <param name="references">Streams of references, each as long as the hypotheses; a segment is held against the one it needs the
    ///   fewest edits to.</param>
    /// <param name="options">How it is computed; sacreBLEU's defaults unless told.</param>
    /// <param name="bootstrap">How an interval around it is found; none unless told.</param>
    /// <exception cref="ArgumentException">There is no segment, no reference, or a stream of another length than the hypotheses.</exception>
    public static TerScore Ter(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, TerOptions? options = null,
        BootstrapOptions? bootstrap = null)
        => (TerScore)new TerMetric(options ?? new TerOptions()).Score(hypotheses, references, bootstrap);

    /// <summary>TER of a corpus with one reference for each segment.</summary>
    /// <exception cref="ArgumentException">The references are not as many as the hypotheses.</exception>
    public static TerScore Ter(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, TerOptions? options = null, BootstrapOptions? bootstrap = null)
        => Ter(hypotheses, [references], options, bootstrap);

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
        var each = RougeMetric.Each(summaries, references);
        return RougeScore.Mean(each);
    }

    /// <summary>ROUGE with the 95 % interval of resampled means, as the bootstrap aggregator of Google's rouge_score gives it, from draws of its own.</summary>
    /// <exception cref="ArgumentException">There is no reference, or a stream has another length than the summaries.</exception>
    public static RougeInterval RougeInterval(IReadOnlyList<string> summaries, IReadOnlyList<IReadOnlyList<string>> references, BootstrapOptions? bootstrap = null)
        => Text.RougeInterval.Of(RougeMetric.Each(summaries, references), bootstrap ?? new());

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

    /// <summary>Perplexity of references under a model, per token and per word.</summary>
    /// <param name="logProbability">Σ log p(y|x) over the references, their ends included, in nats</param>
    /// <param name="tokens">how many tokens the model predicted, an end for each reference counted</param>
    /// <param name="references">the text, from which words are counted</param>
    /// <exception cref="ArgumentException">There are no references, or fewer tokens than references.</exception>
    public static PerplexityScore Perplexity(double logProbability, long tokens, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0 || tokens < references.Count)
            throw new ArgumentException($"There are {references.Count} references and {tokens} tokens; there must be a reference, and an end is a token of each.", nameof(tokens));
        return new(logProbability, tokens, references.Sum(reference => 1L + ScoreText.CountWords(reference)));
    }

    static Comparison Compare(Metric metric, IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references, ComparisonOptions? comparison)
    {
        comparison ??= new ComparisonOptions();
        if (comparison.Resamples < 1 || comparison.Shuffles < 1)
            throw new ArgumentException(
                $"Resamples is {comparison.Resamples} and Shuffles {comparison.Shuffles}; both must be at least 1.", nameof(comparison));
        Metric.Check(baseline, references);
        Metric.Check(system, references);
        SegmentNumbers first = new(metric, baseline, references), second = new(metric, system, references);
        return new Significance(first, second, metric.Width).Compare(comparison);
    }

    static IReadOnlyList<IReadOnlyList<string>> Streams(IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return [.. references.Select(reference => (IReadOnlyList<string>)[reference])];
    }
}

using System.Globalization;
using System.Text.Json.Serialization;
using Heed.Kernels;

namespace Heed.Data;

/// <summary>Which ids of a text are hidden, and what stands in their place; each kind is its own JSON and chooses in its own way. Devlin et al. 2019, §3.1, Task 1.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TokenMasking), "tokens")]
[JsonDerivedType(typeof(WholeWordMasking), "wholeWords")]
[JsonDerivedType(typeof(SpanMasking), "spans")]
public abstract record Masking
{
    /// <summary>Which share of a text's ids is hidden, above 0 and below 1; at least one id always is.</summary>
    public double Rate { get; init; } = 0.15;

    /// <summary>Which share of the hidden ids becomes the mask, 0 to 1.</summary>
    public double Masked { get; init; } = 0.8;

    /// <summary>Which share of the hidden ids becomes some other id of the vocabulary, 0 to 1; the rest stays, and is predicted all the same.</summary>
    public double Random { get; init; } = 0.1;

    /// <summary>How many ids of a text are hidden, at most.</summary>
    /// <param name="ids">how many there are</param>
    public int Budget(int ids) => Math.Clamp((int)Math.Round(Rate * ids), 1, ids);

    /// <summary>The groups of ids that are hidden, each one together.</summary>
    /// <param name="text">the text</param>
    /// <param name="random">where choices come from</param>
    internal abstract IEnumerable<Range> Choose(MaskableText text, CounterRandom random);

    /// <summary>Whether a group's ids have one fate, or each its own.</summary>
    internal virtual bool AsOne => false;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (!(Rate > 0 && Rate < 1)) yield return string.Create(CultureInfo.InvariantCulture, $"rate is {Rate}; it must be above 0 and below 1.");
        if (!(Masked >= 0 && Masked <= 1)) yield return string.Create(CultureInfo.InvariantCulture, $"masked is {Masked}; it must be at least 0 and at most 1.");
        if (!(Random >= 0 && Random <= 1)) yield return string.Create(CultureInfo.InvariantCulture, $"random is {Random}; it must be at least 0 and at most 1.");
        if (Masked + Random > 1) yield return string.Create(CultureInfo.InvariantCulture, $"masked is {Masked} and random is {Random}; together they must be at most 1.");
    }

    /// <summary>Whole numbers below a limit in a random order.</summary>
    private protected static int[] Shuffled(int count, CounterRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle<int>(order);
        return order;
    }
}

/// <summary>A text as masking sees it.</summary>
/// <param name="Words">for each word its first id; the first word begins the text</param>
/// <param name="Length">how many ids there are, at least one</param>
readonly record struct MaskableText(ReadOnlyMemory<int> Words, int Length)
{
    /// <summary>The ids of neighbouring words.</summary>
    public Range Ids(int first, int words) => Words.Span[first]..End(first + words);

    /// <summary>How many ids neighbouring words have.</summary>
    public int Count(int first, int words) => End(first + words) - Words.Span[first];

    int End(int word) => word < Words.Length ? Words.Span[word] : Length;
}

/// <summary>Ids are hidden one by one, each as likely as another. Devlin et al. 2019, §3.1.</summary>
public sealed record TokenMasking : Masking
{
    internal override IEnumerable<Range> Choose(MaskableText text, CounterRandom random)
        => Shuffled(text.Length, random).Take(Budget(text.Length)).Select(id => id..(id + 1));
}

/// <summary>Words are hidden with all of their ids, so that no piece gives away the others. Devlin et al., the whole word masking models of 2019; Cui et al. 2021.</summary>
public sealed record WholeWordMasking : Masking
{
    // As many as fit the budget; the first even where it does not.
    internal override IEnumerable<Range> Choose(MaskableText text, CounterRandom random)
    {
        var budget = Budget(text.Length);
        var left = budget;
        foreach (var word in Shuffled(text.Words.Length, random))
        {
            var ids = text.Count(word, 1);
            if (left < budget && ids > left) continue;
            left -= ids;
            yield return text.Ids(word, 1);
            if (left <= 0) yield break;
        }
    }
}

/// <summary>Runs of words are hidden, ℓ ~ Geometric(p) of them, and what stands for a run is of one kind. Joshi et al. 2020 (SpanBERT), §3.1.</summary>
public sealed record SpanMasking : Masking
{
    const int MostWords = 1000;

    /// <summary>p, with which a run ends after each word, above 0 and at most 1.</summary>
    public double Stop { get; init; } = 0.2;

    /// <summary>The most words of a run, 1 to 1000.</summary>
    public int Longest { get; init; } = 10;

    internal override bool AsOne => true;

    // As many attempts as there are words: enough for any budget, and an end. A run is cut where the budget ends.
    internal override IEnumerable<Range> Choose(MaskableText text, CounterRandom random)
    {
        var isHidden = new bool[text.Words.Length];
        var left = Budget(text.Length);
        for (var attempt = 0; attempt < isHidden.Length && left > 0; attempt++)
        {
            var words = Math.Min(Length(ref random), isHidden.Length);
            var first = random.Below(isHidden.Length - words + 1);
            while (words > 1 && text.Count(first, words) > left) words--;
            if (isHidden.AsSpan(first, words).Contains(true)) continue;
            isHidden.AsSpan(first, words).Fill(true);
            left -= text.Count(first, words);
            yield return text.Ids(first, words);
        }
    }

    // P(ℓ) ∝ p(1−p)^(ℓ−1) for ℓ up to the longest.
    int Length(ref CounterRandom random)
    {
        double all = 0, weight = 1;
        for (var words = 1; words <= Longest; words++, weight *= 1 - Stop) all += weight;
        var drawn = random.NextDouble() * all;
        weight = 1;
        for (var words = 1; words < Longest; words++, weight *= 1 - Stop)
            if ((drawn -= weight) < 0) return words;
        return Longest;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults()) yield return fault;
        if (!(Stop > 0 && Stop <= 1)) yield return string.Create(CultureInfo.InvariantCulture, $"stop is {Stop}; it must be above 0 and at most 1.");
        if (Longest is < 1 or > MostWords) yield return $"longest is {Longest}; it must be at least 1 and at most {MostWords}.";
    }
}

using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>Counts of chrF by segment, and the score of their sums.</summary>
sealed class ChrFMetric : Metric
{
    const double Tiny = 1e-16;
    const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    readonly ChrFOptions options;
    readonly int orders;
    readonly WordNumbers numbers = new();
    readonly GramCounts characterCounts;
    readonly GramCounts wordCounts;
    readonly List<int> codes = [];
    readonly List<int> characters = [];
    readonly List<int> words = [];
    readonly double[] matches;
    readonly double[] own;
    readonly double[] best;

    public ChrFMetric(ChrFOptions options)
    {
        if (options.CharacterOrder < 1 || options.WordOrder < 0 || options.Beta < 1)
            throw new ArgumentException($"CharacterOrder is {options.CharacterOrder}, WordOrder {options.WordOrder}, Beta {options.Beta}; "
                + "they must be at least 1, 0 and 1.", nameof(options));
        this.options = options;
        orders = options.CharacterOrder + options.WordOrder;
        characterCounts = new GramCounts(options.CharacterOrder);
        wordCounts = new GramCounts(options.WordOrder);
        matches = new double[orders];
        own = new double[Width];
        best = new double[Width];
    }

    /// <summary>For each order, characters first: n-grams of the hypothesis, of the reference, and in both.</summary>
    public override int Width => 3 * orders;

    public override void Add(string hypothesis, ReadOnlySpan<string> references, Span<double> sums)
    {
        numbers.Clear();
        Read(hypothesis);
        characterCounts.Begin(CollectionsMarshal.AsSpan(characters));
        wordCounts.Begin(CollectionsMarshal.AsSpan(words));
        var (hypothesisCharacters, hypothesisWords) = (characters.Count, words.Count);
        var highest = -1.0;
        foreach (var reference in references)
        {
            Read(reference);
            Compare(hypothesisCharacters, hypothesisWords);
            var value = Value(own);
            if (value <= highest) continue;
            highest = value;
            own.CopyTo(best, 0);
        }
        for (var i = 0; i < best.Length; i++) sums[i] += best[i];
    }

    /// <summary>The counts against the reference that was just read, into <see cref="own"/>.</summary>
    void Compare(int hypothesisCharacters, int hypothesisWords)
    {
        Array.Clear(matches);
        characterCounts.Forget();
        characterCounts.Match(CollectionsMarshal.AsSpan(characters), matches);
        wordCounts.Forget();
        wordCounts.Match(CollectionsMarshal.AsSpan(words), matches.AsSpan(options.CharacterOrder));
        for (var i = 0; i < orders; i++)
        {
            var (ofCharacters, n) = i < options.CharacterOrder ? (true, i) : (false, i - options.CharacterOrder);
            var inHypothesis = Math.Max((ofCharacters ? hypothesisCharacters : hypothesisWords) - n, 0);
            var inReference = Math.Max((ofCharacters ? characters.Count : words.Count) - n, 0);
            // N-grams of a length the reference has none of are not held against the hypothesis.
            own[3 * i] = inReference > 0 ? inHypothesis : 0;
            own[3 * i + 1] = inReference;
            own[3 * i + 2] = matches[i];
        }
    }

    void Read(string text)
    {
        ScoreText.Read(options.Lowercase ? ScoreText.Lower(text) : text, codes);
        characters.Clear();
        foreach (var code in codes)
        {
            if (options.Whitespace || !ScoreText.IsSpace(code)) characters.Add(code);
        }
        words.Clear();
        if (options.WordOrder > 0) ReadWords(CollectionsMarshal.AsSpan(codes));
    }

    /// <summary>Words between white space; one sign of punctuation at the end, or else at the beginning, is a word of its own.</summary>
    void ReadWords(ReadOnlySpan<int> text)
    {
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = start;
            while (end < text.Length && !ScoreText.IsSpace(text[end])) end++;
            var word = text[start..end];
            if (word.Length > 1 && IsPunctuation(word[^1])) Append(word[..^1], word[^1..]);
            else if (word.Length > 1 && IsPunctuation(word[0])) Append(word[..1], word[1..]);
            else if (word.Length > 0) words.Add(numbers[word]);
        }
    }

    void Append(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        words.Add(numbers[first]);
        words.Add(numbers[second]);
    }

    static bool IsPunctuation(int code) => code < 0x80 && Punctuation.Contains((char)code);

    public override MetricScore Score(ReadOnlySpan<double> sums, string references)
        => new ChrFScore(options.Name, Value(sums), options.Signature(references));

    double Value(ReadOnlySpan<double> counts)
    {
        double factor = options.Beta * options.Beta, all = 0, precisions = 0, recalls = 0;
        var used = 0;
        for (var i = 0; i < orders; i++)
        {
            double hypothesis = counts[3 * i], reference = counts[3 * i + 1], both = counts[3 * i + 2];
            var precision = hypothesis > 0 ? both / hypothesis : Tiny;
            var recall = reference > 0 ? both / reference : Tiny;
            var denominator = factor * precision + recall;
            all += denominator > 0 ? (1 + factor) * precision * recall / denominator : Tiny;
            if (hypothesis == 0 || reference == 0) continue;
            precisions += precision;
            recalls += recall;
            used++;
        }
        if (options.AllOrders) return 100 * all / orders;
        if (used == 0 || precisions + recalls == 0) return 0;
        precisions /= used;
        recalls /= used;
        return 100 * ((1 + factor) * precisions * recalls / (factor * precisions + recalls));
    }
}

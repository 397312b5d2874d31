using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>
/// ROUGE of one summary against one reference, with the words of Google's rouge_score: runs of a–z and 0–9 after lower-casing, no
/// stemming.
/// </summary>
sealed class RougeMetric
{
    readonly WordNumbers numbers = new();
    readonly GramCounts counts = new(2);
    readonly double[] matches = new double[2];
    readonly List<int> word = [];
    int[] table = [];

    /// <summary>ROUGE of each summary, by each kind against the reference that fits it best.</summary>
    public static RougeScore[] Each(IReadOnlyList<string> summaries, IReadOnlyList<IReadOnlyList<string>> references)
    {
        Metric.Check(summaries, references);
        var metric = new RougeMetric();
        return [.. summaries.Select((summary, i) => metric.Best(summary, references.Select(stream => stream[i])))];
    }

    RougeScore Best(string summary, IEnumerable<string> references)
    {
        Span<RougeValue> best = stackalloc RougeValue[4], here = stackalloc RougeValue[4];
        best.Clear();
        foreach (var reference in references)
        {
            Measure(summary, reference, here);
            for (var kind = 0; kind < best.Length; kind++) best[kind] = here[kind].F > best[kind].F ? here[kind] : best[kind];
        }
        return new(best[0], best[1], best[2], best[3]);
    }

    void Measure(string summary, string reference, Span<RougeValue> values)
    {
        numbers.Clear();
        List<int[]> ours = Sentences(summary), theirs = Sentences(reference);
        int[] all = [.. ours.SelectMany(sentence => sentence)], wanted = [.. theirs.SelectMany(sentence => sentence)];
        Array.Clear(matches);
        counts.Begin(all);
        counts.Match(wanted, matches);
        values[0] = Value(matches[0], all.Length, wanted.Length);
        values[1] = Value(matches[1], Math.Max(all.Length - 1, 0), Math.Max(wanted.Length - 1, 0));
        Fill(wanted, all);
        values[2] = Value(table[wanted.Length * (all.Length + 1) + all.Length], all.Length, wanted.Length);
        values[3] = Value(JoinedHits(theirs, ours), all.Length, wanted.Length);
    }

    /// <summary>The words of each line.</summary>
    List<int[]> Sentences(string text)
    {
        var sentences = new List<int[]>();
        foreach (var line in ScoreText.Lower(text).Split('\n'))
        {
            var words = new List<int>();
            foreach (var c in line)
            {
                if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) word.Add(c);
                else EndWord(words);
            }
            EndWord(words);
            sentences.Add([.. words]);
        }
        return sentences;
    }

    void EndWord(List<int> words)
    {
        if (word.Count > 0) words.Add(numbers[CollectionsMarshal.AsSpan(word)]);
        word.Clear();
    }

    static RougeValue Value(double hits, int inSummary, int inReference)
    {
        if (hits == 0) return default;
        double precision = hits / inSummary, recall = hits / inReference;
        return new(100 * precision, 100 * recall, 100 * (2 * precision * recall / (precision + recall)));
    }

    /// <summary>table[i, j]: the length of the longest common subsequence of the first i and the first j words.</summary>
    void Fill(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var width = second.Length + 1;
        if (table.Length < (first.Length + 1) * width) table = new int[(first.Length + 1) * width];
        table.AsSpan(0, width).Clear();
        for (var i = 1; i <= first.Length; i++)
        {
            table[i * width] = 0;
            for (var j = 1; j < width; j++)
            {
                table[i * width + j] = first[i - 1] == second[j - 1]
                    ? table[(i - 1) * width + j - 1] + 1 : Math.Max(table[(i - 1) * width + j], table[i * width + j - 1]);
            }
        }
    }

    /// <summary>
    /// For each sentence of the reference, its words that are in a longest common subsequence with some sentence of the summary;
    /// no word counted more often than either text has it.
    /// </summary>
    int JoinedHits(List<int[]> reference, List<int[]> summary)
    {
        Dictionary<int, int> left = Counts(reference), right = Counts(summary);
        var hits = 0;
        foreach (var sentence in reference)
        {
            var common = new bool[sentence.Length];
            foreach (var other in summary) MarkCommon(sentence, other, common);
            for (var i = 0; i < sentence.Length; i++)
            {
                if (!common[i] || left[sentence[i]] == 0 || right[sentence[i]] == 0) continue;
                left[sentence[i]]--;
                right[sentence[i]]--;
                hits++;
            }
        }
        return hits;
    }

    static Dictionary<int, int> Counts(List<int[]> sentences)
        => sentences.SelectMany(sentence => sentence).GroupBy(number => number).ToDictionary(group => group.Key, group => group.Count());

    void MarkCommon(int[] sentence, int[] other, bool[] common)
    {
        Fill(sentence, other);
        var width = other.Length + 1;
        for (int i = sentence.Length, j = other.Length; i > 0 && j > 0;)
        {
            if (sentence[i - 1] == other[j - 1])
            {
                common[--i] = true;
                j--;
            }
            else if (table[i * width + j - 1] > table[(i - 1) * width + j]) j--;
            else i--;
        }
    }
}

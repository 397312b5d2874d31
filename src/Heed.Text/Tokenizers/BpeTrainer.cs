using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>
/// Learns byte-pair encoding: again and again the most frequent pair of neighbouring symbols becomes one. Sennrich et al. 2016,
/// §3.2.
/// </summary>
/// <remarks>
/// Of pairs that are equally frequent the one with the smaller left id is merged, then the one with the smaller right id, so the
/// same lines give the same tokenizer everywhere, in whatever order they come (unless there are more different words than
/// <see cref="BpeTrainerOptions.MostWords"/>). A joint vocabulary is learned from the lines of
/// both sides, separate ones in two calls.
/// </remarks>
public static class BpeTrainer
{
    /// <summary>Learns a tokenizer from <paramref name="lines"/>.</summary>
    /// <exception cref="ArgumentException">The options have faults; the message lists all of them.</exception>
    public static Tokenizer Train(IEnumerable<string> lines, BpeTrainerOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new BpeTrainerOptions();
        var faults = options.Faults().ToList();
        if (faults.Count > 0) throw new ArgumentException(string.Join(" ", faults), nameof(options));

        var tokens = new List<string>(options.SpecialTokens);
        var byteIds = new int[ByteAlphabet.Count];
        // Bytes follow in the order of the characters that stand for them.
        foreach (var symbol in Enumerable.Range(0, ByteAlphabet.Count).Select(value => ByteAlphabet.Character((byte)value)).Order())
        {
            byteIds[ByteAlphabet.Byte(symbol)] = tokens.Count;
            tokens.Add(symbol.ToString());
        }
        var words = Count(lines, options, cancel);
        var learner = new MergeLearner(words, byteIds, tokens, options.SpecialTokens);
        learner.Learn(options.VocabularySize, options.MinimumFrequency, cancel);
        var model = new BytePairModel([.. tokens], [.. learner.Merges]);
        // A hidden token had its space in it, so that the space before a mask in a text is the mask's.
        var mask = new SpecialTokens().Mask;
        return new Tokenizer(options.Normalizer, model, options.SpecialTokens.Select(token => new AddedToken(token, LeftStrip: token == mask)));
    }

    static Dictionary<string, long> Count(IEnumerable<string> lines, BpeTrainerOptions options, CancellationToken cancel)
    {
        var words = new Dictionary<string, long>(StringComparer.Ordinal);
        var bySpan = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in lines)
        {
            cancel.ThrowIfCancellationRequested();
            var text = options.Normalizer is null ? line : options.Normalizer.Apply(line);
            for (int start = 0, end; start < text.Length; start = end)
            {
                end = Words.End(text, start);
                CollectionsMarshal.GetValueRefOrAddDefault(bySpan, text.AsSpan(start, end - start), out _)++;
            }
            if (words.Count > options.MostWords) Forget(words, options.MostWords / 2);
        }
        return words;
    }

    // Whole classes of frequency at a time, so that the order in which a dictionary lists words decides nothing.
    static void Forget(Dictionary<string, long> words, int most)
    {
        for (var frequency = 1L; words.Count > most; frequency++)
            foreach (var (word, count) in words)
                if (count <= frequency) words.Remove(word);
    }
}

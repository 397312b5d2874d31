using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;

namespace Heed.Cli.Corpora;

/// <summary>What a text is like: how many lines, how long, how many twice.</summary>
sealed class TextStatistics
{
    readonly List<int> lengths = [];
    readonly HashSet<string> distinct = new(StringComparer.Ordinal);

    /// <summary>Lines in all.</summary>
    public long Lines => lengths.Count;

    /// <summary>What stands between white space.</summary>
    public long Words { get; private set; }

    /// <summary>Characters as people count them.</summary>
    public long Characters { get; private set; }

    /// <summary>Lines without a word.</summary>
    public long Empty { get; private set; }

    /// <summary>Lines that were there before.</summary>
    public long Repeated => Lines - distinct.Count;

    /// <summary>The most words of a line.</summary>
    public int Longest { get; private set; }

    /// <summary>Words of each line, in order.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>Counts a line.</summary>
    public void Add(string line)
    {
        var words = CountWords(line);
        lengths.Add(words);
        Words += words;
        Characters += new StringInfo(line).LengthInTextElements;
        if (words == 0) Empty++;
        Longest = Math.Max(Longest, words);
        distinct.Add(line);
    }

    /// <summary>The length that this share of the lines does not exceed.</summary>
    public int Quantile(double share)
    {
        if (lengths.Count == 0) return 0;
        var sorted = lengths.Order().ToArray();
        return sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>How many lines have how many words, in ranges of one width; the last has no end.</summary>
    public IReadOnlyList<(int From, int To, long Lines)> Histogram(int ranges)
    {
        var width = Math.Max(1, (Quantile(0.99) + ranges - 1) / ranges);
        var counts = new long[ranges + 1];
        foreach (var length in lengths) counts[Math.Min(length / width, ranges)]++;
        return [.. Enumerable.Range(0, ranges + 1).Select(i => (i * width, i < ranges ? (i + 1) * width - 1 : Math.Max(Longest, i * width), counts[i])).Where(range => range.Item3 > 0 || range.Item1 <= Longest)];
    }

    static int CountWords(string line)
    {
        var words = 0;
        var within = false;
        foreach (var character in line)
        {
            var space = char.IsWhiteSpace(character);
            if (!space && !within) words++;
            within = !space;
        }
        return words;
    }

    /// <summary>The figures with their names.</summary>
    public IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("lines", Human.Count(Lines));
        yield return ("words", $"{Human.Count(Words)}, {Human.Fixed(Lines == 0 ? 0 : (double)Words / Lines, 1)} a line");
        yield return ("characters", $"{Human.Count(Characters)}, {Human.Fixed(Lines == 0 ? 0 : (double)Characters / Lines, 1)} a line");
        yield return ("length", $"half ≤ {Quantile(0.5)}, 95 % ≤ {Quantile(0.95)}, longest {Human.Count(Longest)} words");
        yield return ("empty", Human.Count(Empty));
        yield return ("repeated", Human.Count(Repeated));
    }

    /// <summary>The figures for a script.</summary>
    public JsonObject Json(int ranges) => new()
    {
        ["lines"] = Lines,
        ["words"] = Words,
        ["characters"] = Characters,
        ["empty"] = Empty,
        ["repeated"] = Repeated,
        ["longest"] = Longest,
        ["median"] = Quantile(0.5),
        ["histogram"] = new JsonArray([.. Histogram(ranges).Select(range => (JsonNode)new JsonObject { ["from"] = range.From, ["to"] = range.To, ["lines"] = range.Lines })]),
    };
}

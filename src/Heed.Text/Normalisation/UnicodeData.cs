using System.Globalization;

namespace Heed.Text;

/// <summary>Decompositions, compositions and combining classes, read once from the table in this assembly.</summary>
sealed class UnicodeData
{
    readonly Dictionary<int, int[]> canonical = [];
    readonly Dictionary<int, int[]> compatible = [];
    readonly Dictionary<long, int> composites = [];
    readonly Dictionary<int, byte> classes = [];

    UnicodeData()
    {
        using var stream = typeof(UnicodeData).Assembly.GetManifestResourceStream("forms.txt")
            ?? throw new InvalidOperationException("Heed.Text lacks its resource forms.txt; it was built without Normalisation/forms.txt.");
        using var lines = new StreamReader(stream);
        var pairs = new Dictionary<int, (int First, int Second)>();
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')) Read(line, pairs);
        }
        foreach (var (code, (first, second)) in pairs)
        {
            composites.Add(Key(first, second), code);
            canonical.Add(code, Expand(pairs, first, second));
        }
    }

    public static UnicodeData Instance => Lazy.Data;

    public int CombiningClass(int code) => code < 0x300 ? 0 : classes.GetValueOrDefault(code);

    public int[]? Decomposition(int code, bool compatibly)
        => compatibly && compatible.TryGetValue(code, out var parts) ? parts : canonical.GetValueOrDefault(code);

    /// <summary>The character that two compose to, or −1.</summary>
    public int Composite(int first, int second) => composites.TryGetValue(Key(first, second), out var code) ? code : -1;

    void Read(string line, Dictionary<int, (int First, int Second)> pairs)
    {
        var sign = line.AsSpan().IndexOfAny("=>~:");
        var left = line[..sign];
        var right = line[(sign + 1)..];
        switch (line[sign])
        {
            case '=':
                var parts = right.Split('+');
                pairs.Add(Hex(left), (Hex(parts[0]), Hex(parts[1])));
                break;
            case ':':
                var ends = left.Split("..");
                for (var code = Hex(ends[0]); code <= Hex(ends[1]); code++) classes.Add(code, byte.Parse(right, CultureInfo.InvariantCulture));
                break;
            default:
                (line[sign] == '>' ? canonical : compatible).Add(Hex(left), Array.ConvertAll(right.Split(' '), Hex));
                break;
        }
    }

    static int[] Expand(Dictionary<int, (int First, int Second)> pairs, int first, int second)
    {
        var tail = new List<int> { second };
        // Only the first of a pair ever decomposes again.
        while (pairs.TryGetValue(first, out var pair))
        {
            tail.Add(pair.Second);
            first = pair.First;
        }
        tail.Add(first);
        tail.Reverse();
        return [.. tail];
    }

    static long Key(int first, int second) => ((long)first << 32) | (uint)second;

    static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    static class Lazy
    {
        public static readonly UnicodeData Data = new();
    }
}

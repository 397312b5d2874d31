using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Heed.Cli.Tests.Fuzz;

/// <summary>Damage of every kind that files meet: to bytes, to lines and words, to trees. The same from the same random numbers.</summary>
static class Mutations
{
    static readonly string[] numbers =
    [
        "0", "-1", "1", "2", "3", "255", "256", "65536", "2147483647", "2147483648", "4294967296", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "18446744073709551616", "-9223372036854775808", "1e9", "1e308", "1e999", "-1e999", "1e-400", "0.5", "-0", "007", "0x10", "1_000", "NaN",
    ];

    /// <summary>Texts that mean something somewhere.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\n", "\r\n", "\t", "\0", "\uFEFF", "\u2028", "\u0085", "\u001B[2J", "\"", "'", "{", "}", "[", "]", ":", ",", "#", "&a", "*a", "!!x", "---", "%YAML 9", "|", ">", "~", "@",
        "null", "true", "no", ".nan", "\\uD800", "\\u0000", "kind", "__metadata__", "😀👩‍👩‍👧", "שלום", "e\u0301\u0301", "ﬁ", "İ", "</s>", "<s>", "Ġ", "Ċ", "--", "-", "=", "../..", "/dev/null",
    ];

    static readonly Func<JsonNode?>[] values =
    [
        () => null, () => true, () => false, () => 0, () => 1, () => -1, () => 2.5, () => int.MaxValue, () => long.MaxValue, () => ulong.MaxValue, () => 1e300, () => 1e-300,
        () => "", () => "a", () => new string('x', 5000), () => new JsonArray(), () => new JsonObject(), () => new JsonArray(1, 2), () => new JsonObject { ["kind"] = "none" }, () => Deep(80), () => Deep(20),
    ];

    static JsonNode Deep(int levels)
    {
        JsonNode node = new JsonArray();
        for (var i = 0; i < levels; i++) node = new JsonArray(node);
        return node;
    }

    /// <summary>A few changes of a kind drawn for each.</summary>
    public static byte[] Some(byte[] whole, Random random)
    {
        for (var left = random.Next(1, 4); left > 0; left--)
            whole = random.Next(3) == 0 ? Bytes(whole, random) : Encoding.UTF8.GetBytes(Text(Encoding.UTF8.GetString(whole), random));
        return whole;
    }

    /// <summary>One change of bytes.</summary>
    public static byte[] Bytes(byte[] whole, Random random)
    {
        if (whole.Length == 0) return [(byte)random.Next(256)];
        var at = random.Next(whole.Length);
        var length = random.Next(1, Math.Min(64, whole.Length - at) + 1);
        var changed = (byte[])whole.Clone();
        switch (random.Next(7))
        {
            case 0: changed[at] ^= (byte)(1 << random.Next(8)); return changed;
            case 1: changed[at] = (byte)random.Next(256); return changed;
            case 2: return whole[..at];
            case 3: return [.. whole[..at], .. whole[(at + length)..]];
            case 4: return [.. whole[..at], .. whole[at..(at + length)], .. whole[at..]];
            case 5: return [.. whole[..at], .. Enumerable.Repeat((byte)random.Next(256), length), .. whole[at..]];
            default: return [.. whole, .. whole[at..]];
        }
    }

    /// <summary>One change of lines, words or numbers.</summary>
    public static string Text(string text, Random random)
    {
        var lines = text.Split('\n');
        int one = random.Next(lines.Length), other = random.Next(lines.Length), at = random.Next(text.Length + 1);
        switch (random.Next(10))
        {
            case 0: return Replaced(text, @"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", numbers[random.Next(numbers.Length)], random);
            case 1: return Replaced(text, @"\w+", Texts[random.Next(Texts.Length)], random);
            case 2: return Regex.Matches(text, @"\w+") is { Count: > 0 } words ? Replaced(text, @"\w+", words[random.Next(words.Count)].Value, random) : text;
            case 3: return string.Join('\n', lines.Where((_, i) => i != one));
            case 4: return string.Join('\n', lines.SelectMany((line, i) => i == one ? Enumerable.Repeat(line, 2) : [line]));
            case 5: (lines[one], lines[other]) = (lines[other], lines[one]); return string.Join('\n', lines);
            case 6: lines[one] = new string(' ', random.Next(1, 9)) + lines[one]; return string.Join('\n', lines);
            case 7: return text.Insert(at, Texts[random.Next(Texts.Length)]);
            case 8: return text[..at];
            default: return text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, Math.Min(random.Next(1, 20), text.Length - at)), random.Next(2, 200))));
        }
    }

    static string Replaced(string text, string pattern, string by, Random random)
        => Regex.Matches(text, pattern) is { Count: > 0 } found && found[random.Next(found.Count)] is var match ? text[..match.Index] + by + text[(match.Index + match.Length)..] : text;

    /// <summary>One change of a tree: a value replaced, taken out, renamed, exchanged with another, or put elsewhere.</summary>
    public static void Tree(JsonNode root, Random random)
    {
        List<(JsonNode Parent, string? Key, int Index)> places = [];
        Collect(root, places);
        if (places.Count == 0) return;
        var one = places[random.Next(places.Count)];
        var other = places[random.Next(places.Count)];
        switch (random.Next(6))
        {
            case 0 or 1: Put(one, values[random.Next(values.Length)]()); return;
            case 2: Put(one, Get(other)?.DeepClone()); return;
            case 3:
                var (first, second) = (Get(one)?.DeepClone(), Get(other)?.DeepClone());
                Put(one, second);
                // The other may have lain within the one, and be gone.
                if (Get(other)?.Parent is not null) Put(other, first);
                return;
            case 4:
                if (one.Parent is JsonArray list) list.RemoveAt(one.Index);
                else one.Parent.AsObject().Remove(one.Key!);
                return;
            default:
                if (one.Parent is not JsonObject group) return;
                var value = Get(one)?.DeepClone();
                group.Remove(one.Key!);
                group[random.Next(2) == 0 ? one.Key! + "x" : other.Key ?? ""] = value;
                return;
        }
    }

    static void Collect(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject group)
            foreach (var (key, value) in group)
            {
                places.Add((group, key, 0));
                Collect(value, places);
            }
        else if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
            {
                places.Add((list, null, i));
                Collect(list[i], places);
            }
    }

    static JsonNode? Get((JsonNode Parent, string? Key, int Index) place)
        => place.Parent is JsonArray list ? place.Index < list.Count ? list[place.Index] : null : place.Parent.AsObject()[place.Key!];

    static void Put((JsonNode Parent, string? Key, int Index) place, JsonNode? value)
    {
        if (place.Parent is JsonArray list) list[place.Index] = value;
        else place.Parent.AsObject()[place.Key!] = value;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Heed.Cli.Recipes;

/// <summary>Reads the YAML that configurations need as JSON: groups, lists and plain values, each key with its line.</summary>
/// <remarks>Values mean what YAML 1.2's core schema says: <c>no</c> and <c>on</c> are text. Anchors, tags and several documents are refused.</remarks>
sealed partial class YamlText
{
    const int Deepest = 64;

    readonly string name;
    readonly Parser parser;
    readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    long reached = 1;

    YamlText(string text, string name)
    {
        this.name = name;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>What a text says, with the line of each key by its path, parts joined by dots.</summary>
    /// <param name="text">the YAML</param>
    /// <param name="name">what messages call it</param>
    /// <exception cref="InvalidDataException">It is no such YAML; the message says which line and why.</exception>
    public static (JsonNode? Value, IReadOnlyDictionary<string, int> Lines) Read(string text, string name)
    {
        var reader = new YamlText(text, name);
        reader.CheckTabs(text);
        try
        {
            return (reader.Document(), reader.lines);
        }
        catch (YamlException fault)
        {
            throw reader.Fault(fault.Start.Line, Lowered(fault.Message));
        }
        // What the parser throws when it loses its place.
        catch (InvalidOperationException)
        {
            throw reader.Fault(reader.reached, "is followed by something that cannot stand there; a bracket or a quote may be left open");
        }
    }

    /// <summary>What a single value says, as on the right of a colon.</summary>
    /// <exception cref="InvalidDataException">It is no value.</exception>
    public static JsonNode? ReadValue(string text, string name) => Read(text, name).Value;

    JsonNode? Document()
    {
        Next<StreamStart>();
        if (Next() is StreamEnd) return null;
        var value = Value(Next(), "", depth: 0);
        Next<DocumentEnd>();
        if (Next() is DocumentStart another) throw Fault(another.Start.Line, "begins another document; expected a single one");
        return value;
    }

    JsonNode? Value(ParsingEvent start, string path, int depth)
    {
        if (depth > Deepest) throw Fault(start.Start.Line, $"is nested more than {Deepest} levels deep");
        if (start is AnchorAlias) throw Fault(start.Start.Line, "refers to an anchor; write the value out");
        if (start is not NodeEvent node) throw Fault(start.Start.Line, "holds something that is neither a value nor a group");
        if (!node.Anchor.IsEmpty) throw Fault(start.Start.Line, $"has an anchor '&{node.Anchor.Value}'; anchors are not used here, write values out");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) throw Fault(start.Start.Line, $"has a tag '{node.Tag.Value}'; tags are not used here");
        return node switch
        {
            MappingStart => Group(path, depth),
            SequenceStart => List(path, depth),
            Scalar scalar => Plain(scalar),
            _ => throw Fault(start.Start.Line, "holds something that is neither a value nor a group"),
        };
    }

    JsonObject Group(string path, int depth)
    {
        var group = new JsonObject();
        while (Next() is var start && start is not MappingEnd)
        {
            if (start is not Scalar key) throw Fault(start.Start.Line, "has a key that is no plain text");
            var below = path.Length == 0 ? key.Value : path + "." + key.Value;
            if (group.ContainsKey(key.Value)) throw Fault(key.Start.Line, $"gives '{below}' again; it was given on line {lines[below]}");
            lines[below] = (int)key.Start.Line;
            group.Add(key.Value, Value(Next(), below, depth + 1));
        }
        return group;
    }

    JsonArray List(string path, int depth)
    {
        var list = new JsonArray();
        while (Next() is var start && start is not SequenceEnd) list.Add(Value(start, path, depth + 1));
        return list;
    }

    JsonValue? Plain(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag.IsNonSpecific) return JsonValue.Create(text);
        if (text is "" or "~" or "null" or "Null" or "NULL") return null;
        if (text is "true" or "True" or "TRUE") return JsonValue.Create(true);
        if (text is "false" or "False" or "FALSE") return JsonValue.Create(false);
        if (NotFinite().IsMatch(text)) throw Fault(scalar.Start.Line, $"holds {text}; numbers are finite");
        return Whole(text) ?? (Real().IsMatch(text) ? Number(text, scalar) : JsonValue.Create(text));
    }

    static JsonValue? Whole(string text)
    {
        if (Hexadecimal().IsMatch(text)) return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? JsonValue.Create(hex) : null;
        if (!Decimal().IsMatch(text)) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return JsonValue.Create(number);
        return ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? JsonValue.Create(large) : null;
    }

    JsonValue Number(string text, Scalar scalar)
    {
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? JsonValue.Create(number) : throw Fault(scalar.Start.Line, $"holds {text}, which is more than a number can be");
    }

    T Next<T>() where T : ParsingEvent => Next() is T found ? found : throw Fault(reached, "ends before its value is whole");

    ParsingEvent Next()
    {
        while (parser.MoveNext())
        {
            reached = parser.Current!.End.Line;
            if (parser.Current is not Comment) return parser.Current;
        }
        throw Fault(reached, "ends before its value is whole");
    }

    void CheckTabs(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indent = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (indent.Contains('\t') && indent.Length < line.Length && line[indent.Length] != '#') throw Fault(number, "is indented with a tab; YAML indents with spaces");
        }
    }

    InvalidDataException Fault(long line, string what) => new($"'{name}', line {Math.Max(line, 1)}: {what.TrimEnd('.')}.");

    static string Lowered(string message) => message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1]) ? char.ToLowerInvariant(message[0]) + message[1..] : message;

    [GeneratedRegex(@"^[-+]?[0-9]+$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex NotFinite();
}

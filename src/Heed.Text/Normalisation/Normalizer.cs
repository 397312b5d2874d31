using System.Text.Json;

namespace Heed.Text;

/// <summary>A rewriting of text that is done before it is cut into tokens; a value that is its own entry in <c>tokenizer.json</c>.</summary>
/// <remarks>
/// Every normalizer gives the same result on every machine: the data of Unicode it needs travels with this assembly, because
/// the globalisation-invariant mode of .NET leaves <see cref="string.Normalize()"/> without any.
/// </remarks>
public abstract record Normalizer
{
    private protected Normalizer() { }

    /// <summary>The rewritten text; <paramref name="text"/> itself where there is nothing to rewrite.</summary>
    public abstract string Apply(string text);

    internal abstract void Write(Utf8JsonWriter json);

    private protected static void WriteType(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    /// <summary>Writes the step that replaces what a regular expression matches.</summary>
    private protected static void WriteReplacement(Utf8JsonWriter json, string pattern, string content)
    {
        json.WriteStartObject();
        json.WriteString("type", "Replace");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", pattern);
        json.WriteEndObject();
        json.WriteString("content", content);
        json.WriteEndObject();
    }
}

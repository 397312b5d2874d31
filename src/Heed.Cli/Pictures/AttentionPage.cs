using System.Globalization;
using System.Text;
using System.Text.Json;
using Heed.Translation;

namespace Heed.Cli.Pictures;

/// <summary>A self-contained page that shows every head of every layer for a few sentence pairs.</summary>
static class AttentionPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">where</param>
    /// <param name="lead">a sentence or two on what is shown</param>
    /// <param name="pictures">the sentence pairs and what the heads looked at</param>
    public static void Write(string path, string lead, IReadOnlyList<AttentionPicture> pictures)
        => PageTemplate.Write(path, "attention.html", lead, Data(pictures));

    static string Data(IReadOnlyList<AttentionPicture> pictures)
    {
        using var buffer = new MemoryStream();
        // The default encoder escapes < and >, so no text can end the script element that holds the data.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var picture in pictures) Write(json, picture);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static void Write(Utf8JsonWriter json, AttentionPicture picture)
    {
        json.WriteStartObject();
        json.WriteString("from", picture.From);
        json.WriteString("to", picture.To);
        Write(json, "source", picture.Source);
        Write(json, "read", ["⟨s⟩", .. picture.Target]);
        Write(json, "made", [.. picture.Target, "⟨/s⟩"]);
        json.WriteStartArray("maps");
        foreach (var map in picture.Maps.Maps)
        {
            json.WriteStartObject();
            json.WriteString("stack", map.Stack);
            json.WriteString("kind", map.Kind);
            json.WriteNumber("layer", map.Layer);
            json.WriteNumber("head", map.Head);
            json.WriteStartArray("w");
            for (var i = 0; i < map.Weights.GetLength(0); i++)
            {
                json.WriteStartArray();
                for (var j = 0; j < map.Weights.GetLength(1); j++) json.WriteRawValue(map.Weights[i, j].ToString("0.###", CultureInfo.InvariantCulture));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }
}

/// <summary>A sentence pair and what the heads looked at.</summary>
/// <param name="From">the source sentence</param>
/// <param name="To">its translation</param>
/// <param name="Source">the source's pieces, the end included</param>
/// <param name="Target">the translation's pieces, the end left out</param>
/// <param name="Maps">every head of every layer</param>
/// <param name="Words">the same by words, all heads together</param>
sealed record AttentionPicture(string From, string To, IReadOnlyList<string> Source, IReadOnlyList<string> Target, AttentionMaps Maps, WordAlignment Words)
{
    /// <summary>Looks into the model for one translation it made.</summary>
    public static AttentionPicture Of(Translator translator, string line, TranslationResult result)
    {
        var maps = translator.Attention(result);
        return new(line, result.Text,
            [.. translator.Model.Source.Pieces(result.SourceIds).Select(piece => piece.IsSpecial ? "⟨/s⟩" : piece.Text)],
            [.. translator.Model.Target.Pieces(result.TargetIds).Select(piece => piece.Text)],
            maps, WordAlignment.Of(translator.Model, result, maps.Alignment()));
    }
}

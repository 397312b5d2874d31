using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heed.Cli.Terminals;

/// <summary>JSON for scripts.</summary>
static class JsonOutput
{
    static readonly JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value as JSON and ends the line.</summary>
    public static void WriteJson(this Terminal terminal, JsonNode value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options)) value.WriteTo(writer);
        terminal.Output.WriteLine(Terminal.Utf8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}

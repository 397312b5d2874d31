using System.Text.Json;
using System.Text.Json.Serialization;

namespace Heed.Translation;

/// <summary>How prepared data describes itself: the same bytes on every system, because they are part of its fingerprint.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PreparedInputs))]
[JsonSerializable(typeof(PreparedFile))]
[JsonSerializable(typeof(EncodingState))]
sealed partial class PreparedJson : JsonSerializerContext;

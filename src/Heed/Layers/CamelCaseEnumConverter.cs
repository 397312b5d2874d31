using System.Text.Json;
using System.Text.Json.Serialization;

namespace Heed.Layers;

/// <summary>Enumerations in JSON and YAML are words in camel case: <c>post</c>, not <c>1</c>.</summary>
/// <typeparam name="T">the enumeration</typeparam>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;

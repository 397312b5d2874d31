using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heed.Translation;

/// <summary>What a single value of a configuration must be: told from the type, so that all that do not fit can be listed, and what would.</summary>
/// <param name="options">how types are written as JSON</param>
sealed class PlainValue(JsonSerializerOptions options)
{
    /// <summary>What a type expects, where a value is not that.</summary>
    /// <param name="value">the value; a name of an enumeration is brought to its own spelling</param>
    /// <param name="type">the type</param>
    /// <returns>"a number" and the like, or nothing when the value fits</returns>
    public string? Missing(ref JsonNode? value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            if (value is null) return null;
            type = inner;
        }
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (type.IsEnum) return Named(ref value, kind, NamesOf(type));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            TypeCode.String => kind is JsonValueKind.String ? null : "text",
            TypeCode.Int32 => Whole(value, kind, int.MinValue, int.MaxValue),
            TypeCode.Int64 => Whole(value, kind, long.MinValue, long.MaxValue),
            TypeCode.UInt64 => Whole(value, kind, ulong.MinValue, ulong.MaxValue),
            TypeCode.Single => Real(value, kind, float.MaxValue),
            TypeCode.Double => Real(value, kind, double.MaxValue),
            _ => null,
        };
    }

    static string? Whole<T>(JsonNode? value, JsonValueKind kind, T least, T most) where T : IBinaryInteger<T>, IMinMaxValue<T>
        => kind is not JsonValueKind.Number ? "a number"
            : T.TryParse(value!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    static string? Real(JsonNode? value, JsonValueKind kind, double most)
        => kind is not JsonValueKind.Number ? "a number"
            : Math.Abs(double.Parse(value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)) <= most ? null
            : string.Create(CultureInfo.InvariantCulture, $"a number from {-most:R} to {most:R}");

    static string? Named(ref JsonNode? value, JsonValueKind kind, List<string> names)
    {
        if (kind is not JsonValueKind.String) return "one of " + string.Join(", ", names);
        var given = value!.GetValue<string>();
        if (names.Find(name => name.Equals(given, StringComparison.OrdinalIgnoreCase)) is not { } found) return "one of " + string.Join(", ", names);
        value = found;
        return null;
    }

    List<string> NamesOf(Type type) =>
    [
        .. from object value in Enum.GetValuesAsUnderlyingType(type)
           select JsonSerializer.SerializeToNode(Enum.ToObject(type, value), options.GetTypeInfo(type))!.GetValue<string>(),
    ];
}

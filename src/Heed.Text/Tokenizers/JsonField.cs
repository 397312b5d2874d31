using System.Text.Json;

namespace Heed.Text;

/// <summary>A field of a JSON file that knows where it stands, so that what is wrong with it can be said in a sentence.</summary>
readonly struct JsonField(string file, string path, JsonElement? value)
{
    const int LongestShown = 40;

    /// <summary>The value; undefined where the file lacks the field.</summary>
    JsonElement Element => value ?? default;

    public bool IsMissing => value is null;

    public bool IsNull => Element.ValueKind is JsonValueKind.Null;

    public bool IsObject => Element.ValueKind is JsonValueKind.Object;

    public bool IsText => Element.ValueKind is JsonValueKind.String;

    public JsonElement Raw => Element.Clone();

    /// <summary>The field of an object, which may be missing.</summary>
    public JsonField this[string name]
    {
        get
        {
            if (!IsObject) throw Wrong("an object");
            var place = path.Length == 0 ? name : $"{path}.{name}";
            return new JsonField(file, place, Element.TryGetProperty(name, out var field) ? field : null);
        }
    }

    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        if (!IsObject) throw Wrong("an object");
        foreach (var member in Element.EnumerateObject())
            yield return (Name(member), new JsonField(file, $"{path}.{Shown(Name(member))}", member.Value));
    }

    public IEnumerable<JsonField> Items()
    {
        if (Element.ValueKind is not JsonValueKind.Array) throw Wrong("an array");
        var i = 0;
        foreach (var item in Element.EnumerateArray()) yield return new JsonField(file, $"{path}[{i++}]", item);
    }

    public string Text()
    {
        if (!IsText) throw Wrong("a string");
        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refuse("holds half of a surrogate pair or broken UTF-8", "valid Unicode", "Write the file anew.");
        }
    }

    public int Number()
        => Element.ValueKind is JsonValueKind.Number && Element.TryGetInt32(out var number) ? number : throw Wrong("a whole number below 2³¹");

    public bool Flag() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>The flag, or false where it is missing or null.</summary>
    public bool FlagOrFalse() => !IsMissing && !IsNull && Flag();

    /// <summary>Insists on null (or nothing at all) where a value would change what the tokenizer does.</summary>
    public void ExpectNothing(string remedy)
    {
        if (!IsMissing && !IsNull) throw Refuse($"is {Found()}", "null", remedy);
    }

    /// <summary>Insists on false (or nothing at all).</summary>
    public void ExpectFalse(string remedy)
    {
        if (FlagOrFalse()) throw Refuse("is true", "false", remedy);
    }

    public InvalidDataException Wrong(string expected) => Refuse(IsMissing ? "is missing" : $"is {Found()}", expected, "Is this the file you meant?");

    public InvalidDataException Refuse(string found, string expected, string remedy)
        => new($"{file}: field '{(path.Length == 0 ? "(the whole file)" : path)}' {found}; expected {expected}. {remedy}");

    string Found() => Element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Shown(Element.GetRawText()),
    };

    string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Refuse("has a key with half of a surrogate pair or broken UTF-8", "valid Unicode", "Write the file anew.");
        }
    }

    static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}

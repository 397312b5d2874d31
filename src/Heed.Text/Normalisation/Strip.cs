using System.Text.Json;

namespace Heed.Text;

/// <summary>Takes white space (Unicode's White_Space) away from the beginning, the end, or both.</summary>
/// <remarks>In <c>tokenizer.json</c> a <c>Replace</c> by nothing, like <see cref="CollapseWhitespace"/> and for the same reason.</remarks>
public sealed record Strip : Normalizer
{
    const string AtBeginning = @"\A" + CollapseWhitespace.Pattern, AtEnd = CollapseWhitespace.Pattern + @"\z";

    /// <summary>Whether the beginning is stripped.</summary>
    public bool Left { get; init; } = true;

    /// <summary>Whether the end is stripped.</summary>
    public bool Right { get; init; } = true;

    string Pattern => (Left, Right) switch
    {
        (true, true) => AtBeginning + "|" + AtEnd,
        (true, false) => AtBeginning,
        (false, true) => AtEnd,
        // Matches nowhere.
        _ => @"\z\A" + CollapseWhitespace.Pattern,
    };

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Left) text = text.TrimStart();
        return Right ? text.TrimEnd() : text;
    }

    internal override void Write(Utf8JsonWriter json) => WriteReplacement(json, Pattern, "");

    /// <summary>The value that is written with this pattern, or null.</summary>
    internal static Strip? Of(string pattern)
    {
        Strip[] values = [new(), new() { Right = false }, new() { Left = false }, new() { Left = false, Right = false }];
        return Array.Find(values, value => value.Pattern == pattern);
    }
}

namespace Heed.Text;

/// <summary>Which special token has which role: <c>tokenizer.json</c> lists special tokens but does not say what they are for.</summary>
public sealed record SpecialTokens
{
    /// <summary>The token that begins a sequence.</summary>
    public string Begin { get; init; } = "<s>";

    /// <summary>The token that ends a sequence.</summary>
    public string End { get; init; } = "</s>";

    /// <summary>The token that stands where a token is hidden.</summary>
    public string Mask { get; init; } = "<mask>";
}

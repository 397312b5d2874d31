namespace Heed.Text;

/// <summary>A token and the text it covers, for drawing what belongs to it.</summary>
/// <param name="Id">The token.</param>
/// <param name="Text">
/// What the token covers. The pieces of a text, put together, are the text as the normalizer left it. A character whose bytes
/// are spread over several tokens belongs to the first of them and the others cover nothing. A special token's text is its name.
/// </param>
/// <param name="IsSpecial">Whether the token is a special one, which stands for no text.</param>
public readonly record struct Piece(int Id, string Text, bool IsSpecial);

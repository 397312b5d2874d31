namespace Heed.Text;

/// <summary>A special token as <c>tokenizer.json</c> lists it.</summary>
/// <param name="Content">Its spelling.</param>
/// <param name="LeftStrip">Whether it takes the white space before it, where it is recognised in text.</param>
/// <param name="RightStrip">Whether it takes the white space after it, where it is recognised in text.</param>
/// <param name="Normalized">Whether it is looked for in normalised text; kept for other readers, without a normalizer there is no difference.</param>
sealed record AddedToken(string Content, bool LeftStrip = false, bool RightStrip = false, bool Normalized = false);

using System.Text;

namespace Heed.Text;

/// <summary>Turns ids into text while they come, one after another: put together, what it gives is <see cref="Tokenizer.Decode(ReadOnlySpan{int})"/> of all of them.</summary>
/// <remarks>The bytes of one character may come with several ids; it is given with the last of them.</remarks>
/// <param name="tokenizer">whose ids they are</param>
public sealed class IncrementalDecoder(Tokenizer tokenizer)
{
    readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The text that is complete with one more id; nothing where a character is not, or where the id stands for no text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string Add(int id) => tokenizer.IsSpecial(id) ? "" : Text(tokenizer.BytesOf(id), flush: false);

    /// <summary>What is left when no more ids come: U+FFFD for bytes that form no character.</summary>
    public string End() => Text([], flush: true);

    string Text(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> room = stackalloc char[128];
        var text = new StringBuilder();
        while (true)
        {
            decoder.Convert(bytes, room, flush, out var read, out var written, out var completed);
            text.Append(room[..written]);
            if (completed) return text.ToString();
            bytes = bytes[read..];
        }
    }
}

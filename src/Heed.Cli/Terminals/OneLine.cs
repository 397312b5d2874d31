namespace Heed.Cli.Terminals;

/// <summary>Text on exactly one line: what a line of data must be for lines to stay aligned.</summary>
static class OneLine
{
    /// <summary>The text with every CR and LF as a space; other separators of Unicode end no line here.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : text.Replace('\n', ' ').Replace('\r', ' ');

    /// <summary>The text as one field of a line of tab-separated fields.</summary>
    public static string Field(string text) => Of(text).Replace('\t', ' ');
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Heed.Text.Tests;

public sealed class WordsTests
{
    static string[] Cut(string text)
    {
        var words = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = Words.End(text, start);
            words.Add(text[start..end]);
        }
        return [.. words];
    }

    [Theory]
    [InlineData("Hello world", "Hello", " world")]
    [InlineData("don't", "don", "'t")]
    [InlineData("a  b", "a", " ", " b")]
    [InlineData("a \n b ", "a", " \n", " b", " ")]
    [InlineData("a\n\nb", "a", "\n", "\n", "b")]
    [InlineData("''s 's", "''", "s", " '", "s")]
    [InlineData("x=1,234!", "x", "=", "1", ",", "234", "!")]
    [InlineData("𝒜𝟙😀 𐐀", "𝒜", "𝟙", "😀", " 𐐀")]
    public void Text_is_cut_as_GPT2_cuts_it(string text, params string[] words) => Assert.Equal(words, Cut(text));

    [Fact]
    public void The_cut_is_that_of_the_regular_expression()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(5000, seed: 7)))
        {
            var (mapped, widths) = WithoutPairs(text);
            var expected = new List<string>();
            var at = 0;
            foreach (Match match in Regex.Matches(mapped, Words.Pattern))
            {
                var length = widths.GetRange(match.Index, match.Length).Sum();
                expected.Add(text.Substring(at, length));
                at += length;
            }
            Assert.Equal(expected, Cut(text));
        }
    }

    /// <summary>.NET's regular expressions see half pairs; a stand-in of the same category for each pair lets them see characters.</summary>
    static (string Text, List<int> Widths) WithoutPairs(string text)
    {
        var mapped = new StringBuilder();
        var widths = new List<int>();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            mapped.Append(rune.IsBmp ? (char)rune.Value : category <= UnicodeCategory.OtherLetter ? 'x'
                : category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber ? '1' : '#');
            widths.Add(rune.Utf16SequenceLength);
        }
        return (mapped.ToString(), widths);
    }
}

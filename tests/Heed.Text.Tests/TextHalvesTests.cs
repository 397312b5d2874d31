using System.Text;

namespace Heed.Text.Tests;

public sealed class TextHalvesTests
{
    [Theory]
    [InlineData("He came. She went away, I think.", "He came.", "She went away, I think.", true)]
    [InlineData("One. Two. Three. Four.", "One. Two.", "Three. Four.", true)]
    [InlineData("he came . she went . they stayed at home", "he came . she went .", "they stayed at home", true)]
    [InlineData("\"He came.\" She went.", "\"He came.\"", "She went.", true)]
    [InlineData("a long clause here, and another", "a long clause here,", "and another", true)]
    [InlineData("one two three four", "one two", "three four", true)]
    [InlineData("version 1.5 of it", "version", "1.5 of it", true)]
    [InlineData("abcdef", "abc", "def", false)]
    [InlineData("彼は来た。彼女は行った。", "彼は来た。", "彼女は行った。", false)]
    [InlineData("「来た。」彼女は行った", "「来た。」", "彼女は行った", false)]
    [InlineData("東京、京都と大阪", "東京、", "京都と大阪", false)]
    [InlineData("  spaced   out  ", "spaced", "out", true)]
    [InlineData("😀😀", "😀", "😀", false)]
    public void Text_is_cut_where_a_reader_would(string text, string first, string second, bool spaced)
        => Assert.Equal((first, second, spaced), TextHalves.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a")]
    [InlineData(" 😀 ")]
    public void What_cannot_be_cut_is_left_alone(string text) => Assert.Null(TextHalves.Of(text));

    [Fact]
    public void Marks_on_one_character_are_told_apart_and_no_rune_is_torn()
    {
        foreach (var text in (string[])["e" + new string('\u0301', 500), "👩" + string.Concat(Enumerable.Repeat("\u200d👩", 300))])
        {
            var (first, second, _) = TextHalves.Of(text)!.Value;
            Assert.Equal(text, first + second);
            Assert.DoesNotContain(first.EnumerateRunes().Concat(second.EnumerateRunes()), rune => rune == Rune.ReplacementChar);
        }
    }

    [Fact]
    public void The_halves_are_the_text_but_for_white_space_at_the_cut()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(2000, seed: 9)))
        {
            if (TextHalves.Of(text) is not var (first, second, spaced)) continue;
            var whole = text.Trim();
            Assert.True(first.Length > 0 && second.Length > 0, text);
            Assert.True(whole.StartsWith(first, StringComparison.Ordinal) && whole.EndsWith(second, StringComparison.Ordinal), text);
            var between = whole[first.Length..^second.Length];
            Assert.True(between.All(char.IsWhiteSpace), text);
            Assert.Equal(spaced, between.Length > 0);
        }
    }

    [Fact]
    public void A_hundred_thousand_characters_come_apart_in_few_steps()
    {
        foreach (var part in (string[])["a", "ab ", "ab, ", "Ab cd. ", "ab.", "\u0301"])
        {
            var text = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));
            Assert.InRange(Depth(text, 100), 10, 20);
        }
        Assert.InRange(Depth(new string('a', 50_000) + string.Concat(Enumerable.Repeat("a. ", 15_000)), 100), 10, 22);
    }

    static int Depth(string text, int enough) => text.Length <= enough || TextHalves.Of(text) is not var (first, second, _) ? 0 : 1 + Math.Max(Depth(first, enough), Depth(second, enough));
}

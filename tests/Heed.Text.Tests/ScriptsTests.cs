namespace Heed.Text.Tests;

public sealed class ScriptsTests
{
    [Theory]
    [InlineData(Script.Latin, "Die Straße, naïve Ångström; Việt ﬁ", 1)]
    [InlineData(Script.Greek, "Ὁ ἄνθρωπος 3", 1)]
    [InlineData(Script.Cyrillic, "Привіт, світе!", 1)]
    [InlineData(Script.Armenian, "Բարեւ", 1)]
    [InlineData(Script.Georgian, "გამარჯობა", 1)]
    [InlineData(Script.Hebrew, "שלום", 1)]
    [InlineData(Script.Arabic, "مرحبا سلام", 1)]
    [InlineData(Script.Devanagari, "नमस्ते", 1)]
    [InlineData(Script.Bengali, "নমস্কার", 1)]
    [InlineData(Script.Tamil, "வணக்கம்", 1)]
    [InlineData(Script.Telugu, "నమస్కారం", 1)]
    [InlineData(Script.Thai, "สวัสดี", 1)]
    [InlineData(Script.Chinese, "你好。𠀀", 1)]
    [InlineData(Script.Japanese, "カタカナ ひらがな 漢字 ー", 1)]
    [InlineData(Script.Korean, "안녕 漢字", 1)]
    [InlineData(Script.Chinese, "漢字かな", 0.5)]
    [InlineData(Script.Latin, "abc абв", 0.5)]
    [InlineData(Script.Latin, "123 … 😀", 1)]
    [InlineData(Script.Greek, "", 1)]
    [InlineData(Script.Cyrillic, "only latin", 0)]
    [InlineData(Script.Any, "漢 a я", 1)]
    public void A_share_is_of_letters(Script script, string text, double share) => Assert.Equal(share, Scripts.Share(script, text));
}

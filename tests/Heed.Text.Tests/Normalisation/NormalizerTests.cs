namespace Heed.Text.Tests;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("e\u0301", "é", "e\u0301")]
    [InlineData("\u212B", "Å", "A\u030A")]
    [InlineData("ﬁ", "ﬁ", "ﬁ")]
    [InlineData("한글", "한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307", "d\u0323\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307", "q\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("a\u0301b\u0301", "áb\u0301", "a\u0301b\u0301")]
    [InlineData("\u1D15E", "\u1D15E", "\u1D15E")]
    [InlineData("𝅗𝅥", "𝅗𝅥", "𝅗𝅥")]
    [InlineData("ΐ", "ΐ", "ι\u0308\u0301")]
    [InlineData("ASCII only", "ASCII only", "ASCII only")]
    public void Canonical_forms_are_those_of_the_annex(string text, string composed, string decomposed)
    {
        Assert.Equal(composed, new Nfc().Apply(text));
        Assert.Equal(decomposed, new Nfd().Apply(text));
        Assert.Equal(composed, new Nfc().Apply(decomposed));
    }

    [Theory]
    [InlineData("ﬁ①½", "fi11\u20442", "fi11\u20442")]
    [InlineData("\u00A0x\u3000", " x ", " x ")]
    [InlineData("ﾊﾞ", "バ", "ハ\u3099")]
    [InlineData("𝒜", "A", "A")]
    [InlineData("ẛ\u0323", "ṩ", "s\u0323\u0307")]
    public void Compatibility_forms_are_those_of_the_annex(string text, string composed, string decomposed)
    {
        Assert.Equal(composed, new Nfkc().Apply(text));
        Assert.Equal(decomposed, new Nfkd().Apply(text));
    }

    [Fact]
    public void Normal_forms_stay_as_they_are_and_agree_with_each_other()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(3000, seed: 8)))
        {
            string c = new Nfc().Apply(text), d = new Nfd().Apply(text), kc = new Nfkc().Apply(text), kd = new Nfkd().Apply(text);
            Assert.Equal(c, new Nfc().Apply(c));
            Assert.Equal(c, new Nfc().Apply(d));
            Assert.Equal(d, new Nfd().Apply(c));
            Assert.Equal(kc, new Nfkc().Apply(kd));
            Assert.Equal(kc, new Nfkc().Apply(d));
            Assert.Equal(kd, new Nfkd().Apply(c));
        }
    }

    [Fact]
    public void A_hundred_thousand_marks_on_one_letter_are_put_in_order()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 100_000));
        Assert.Equal("a" + new string('\u0323', 100_000) + new string('\u0301', 100_000), new Nfd().Apply(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_passes_unchanged()
        => Assert.Equal("é\uD800x\uDC00", new Nfkc().Apply("e\u0301\uD800x\uDC00"));

    [Fact]
    public void Lower_case_maps_each_character_for_itself()
    {
        Assert.Equal("ß ß i\u0307i ä οδυσσευσ 𐐨 ǆ", new Lowercase().Apply("ß ẞ İI Ä ΟΔΥΣΣΕΥΣ 𐐀 ǅ"));
        Assert.Equal("\uD801", new Lowercase().Apply("\uD801"));
    }

    [Fact]
    public void White_space_of_every_kind_collapses_and_is_stripped()
    {
        const string Every = "\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
            + "\u2028\u2029\u202F\u205F\u3000";
        Assert.Equal(" a b ", new CollapseWhitespace().Apply($"{Every}a{Every}b\u3000"));
        Assert.Equal("a b", new CollapseWhitespace().Apply("a b"));
        Assert.Equal("\u200Bx\uFEFF", new CollapseWhitespace().Apply("\u200Bx\uFEFF"));
        Assert.Equal($"a{Every}b", new Strip().Apply($"{Every}a{Every}b{Every}"));
        Assert.Equal("a ", new Strip { Right = false }.Apply(" a "));
        Assert.Equal(" a", new Strip { Left = false }.Apply(" a "));
    }

    [Fact]
    public void A_replacement_is_literal()
    {
        Assert.Equal("x+x", new Replace(".", "x").Apply(".+."));
        Assert.Throws<ArgumentException>(() => new Replace("", "x"));
    }

    public static TheoryData<Normalizer> Every =>
    [
        new Nfc(), new Nfd(), new Nfkc(), new Nfkd(), new Lowercase(), new CollapseWhitespace(), new Replace("''", "\""), new Strip(),
        new Strip { Left = false }, new Strip { Right = false }, new Strip { Left = false, Right = false }, new NormalizerSequence(),
        new NormalizerSequence(new Nfkc(), new NormalizerSequence(new Lowercase(), new Strip()), new CollapseWhitespace()),
    ];

    [Theory]
    [MemberData(nameof(Every))]
    public void A_normalizer_is_its_own_entry_in_the_file(Normalizer normalizer)
    {
        var tokenizer = BpeTrainer.Train([], new() { VocabularySize = 258, Normalizer = normalizer });
        var again = Tokenizer.Load(new MemoryStream(Sample.File(tokenizer)), "again");
        Assert.Equal(normalizer, again.Normalizer);
        Assert.Equal(normalizer.GetHashCode(), again.Normalizer!.GetHashCode());
    }

    [Fact]
    public void Every_kind_of_normalizer_is_tried_above()
    {
        var kinds = typeof(Normalizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Normalizer)));
        Assert.Equal(kinds.OrderBy(kind => kind.Name), Every.Select(row => row.Data.GetType()).Distinct().OrderBy(kind => kind.Name));
    }
}

using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Lines longer than can be read at once.</summary>
public sealed class LongLineTests : IDisposable
{
    readonly Ensembles all = new(1);

    Translator Splitting(int length) => new(all.Models[0], Cpu.Two, new() { MaximumLength = length, WhenLonger = LongLine.Split });

    [Fact]
    public void Parts_are_translated_by_themselves_and_joined()
    {
        using var splitting = Splitting(12);
        using var plain = new Translator(all.Models[0], Cpu.Two);
        string[] sentences = ["the cat sees a house.", "a dog hears two birds!", "my friend wants the sea, the old man a house."];
        var line = string.Join("  ", sentences);
        var results = splitting.Search(["a dog", line, "the sea"]);
        Assert.Equal(plain.Translate(["a dog", "the sea"]), [results[0].Text, results[2].Text]);
        var (whole, parts) = (results[1], results[1].Parts);
        Assert.True(parts.Count > 3);
        Assert.All(parts, part => Assert.InRange(part.SourceIds.Length, 2, 13));
        Assert.Equal(line.Where(character => !char.IsWhiteSpace(character)), parts.SelectMany(part => all.Models[0].Source.Decode(part.SourceIds)).Where(character => !char.IsWhiteSpace(character)));
        Assert.Equal(parts.Select(part => part.Text), plain.Translate([.. parts.Select(part => all.Models[0].Source.Decode(part.SourceIds))]));
        Assert.Equal(string.Join(' ', parts.Where(part => part.Text.Length > 0).Select(part => part.Text)), whole.Text);
        Assert.Equal(parts.Sum(part => part.LogProbability), whole.LogProbability);
        Assert.Equal(parts.SelectMany(part => part.TargetIds), whole.TargetIds);
        Assert.False(whole.WasCut);
        Assert.Empty(results[0].Parts);
        Assert.Equal(whole.Text, whole.ToString());
    }

    [Fact]
    public void Where_no_white_space_was_none_comes_between()
    {
        using var splitting = Splitting(8);
        var whole = splitting.Search([new string('q', 40)])[0];
        Assert.True(whole.Parts.Count > 3);
        Assert.Equal([false, .. Enumerable.Repeat(true, whole.Parts.Count - 1)], whole.Parts.Select(part => part.ContinuesWord));
        Assert.Equal(string.Concat(whole.Parts.Select(part => part.Text)), whole.Text);
    }

    [Fact]
    public void One_line_in_is_one_line_out_whatever_must_be_split()
    {
        string[] lines =
        [
            new string('a', 20_000), "", string.Concat(Enumerable.Repeat("a cat. ", 700)), string.Concat(Enumerable.Repeat("😀", 500)), "\u0301" + new string('\u0301', 300),
            new string(' ', 5000), new string('.', 900), "a dog", string.Concat(Enumerable.Repeat("彼は来た。", 100)), "👩" + string.Concat(Enumerable.Repeat("\u200d👩", 60)),
        ];
        foreach (var length in (int[])[1, 7, 60])
        {
            using var splitting = Splitting(length);
            var results = splitting.Search(lines, all.Models[0].Decoding with { Beam = 1, LengthFactor = 0, LengthSurplus = 2 });
            Assert.Equal(lines.Length, results.Count);
            Assert.Equal(["", ""], new[] { results[1].Text, results[5].Text });
            // A character of more bytes than are read at once cannot be split any more.
            Assert.Equal(length == 1, results[3].WasCut);
            Assert.All(results.SelectMany(result => result.Parts), part => Assert.InRange(part.SourceIds.Length, 2, length + 1));
        }
    }

    [Fact]
    public void Alignments_of_parts_lie_one_behind_another()
    {
        using var splitting = Splitting(12);
        var line = "the cat sees a house. a dog hears two birds! my friend wants the sea.";
        var result = splitting.Search([line])[0];
        Assert.True(result.Parts.Count > 1);
        var alignment = splitting.Align(result);
        Assert.Equal(line.Split(' '), alignment.Source);
        Assert.Equal(result.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries), alignment.Target);
        Assert.Equal(Enumerable.Range(0, alignment.Target.Count), alignment.Links().Select(link => link.Target));
        var first = splitting.Align(result.Parts[0]);
        Assert.Equal(first.Links(), alignment.Links().Take(first.Target.Count));
        Assert.All(alignment.Links().Skip(first.Target.Count), link => Assert.True(link.Source >= first.Source.Count));
        Assert.Contains("parts", Assert.Throws<ArgumentException>(() => splitting.Attention(result)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => splitting.Attention(splitting.Search([""])[0]));
        Assert.Empty(splitting.Align(splitting.Search([""])[0]).Source);
    }

    [Fact]
    public void A_word_in_two_parts_is_one_word_of_the_alignment()
    {
        using var splitting = Splitting(8);
        var alignment = splitting.Align(splitting.Search(["a " + new string('q', 30)])[0]);
        Assert.Equal(["a", new string('q', 30)], alignment.Source);
    }

    [Fact]
    public void Draws_of_parts_differ_and_follow_the_seed_and_the_line()
    {
        using var splitting = Splitting(6);
        var line = string.Concat(Enumerable.Repeat("a dog. ", 40));
        var drawn = splitting.Sample(["a cat", line], new());
        Assert.True(drawn[1].Parts.Select(part => part.Text).Distinct().Count() > 5);
        Assert.Equal(drawn[1].Text, splitting.Sample([line], new() { FirstNumber = 1 })[0].Text);
        Assert.NotEqual(drawn[1].Text, splitting.Sample([line], new())[0].Text);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => Splitting(0)).Message;
        Assert.Contains("maximumLength is 0; it must be at least 1.", fault, StringComparison.Ordinal);
        Assert.Single(new SourceOptions { WhenLonger = (LongLine)7 }.Faults());
    }

    public void Dispose() => all.Dispose();
}

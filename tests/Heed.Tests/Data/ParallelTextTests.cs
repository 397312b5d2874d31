using Heed.Data;

namespace Heed.Tests.Data;

public sealed class ParallelTextTests : IDisposable
{
    readonly Corner corner = new();

    [Fact]
    public void Two_files_are_paired_line_by_line()
    {
        var text = ParallelText.Read(corner.Write("a.en", "one\ntwo\n"), corner.Write("a.de", "eins\r\nzwei"));
        Assert.Equal(2, text.Count);
        Assert.Equal(["one", "two"], text.Source);
        Assert.Equal(["eins", "zwei"], text.Target);
    }

    [Fact]
    public void Different_numbers_of_lines_are_both_said()
    {
        var fault = Assert.Throws<InvalidDataException>(() => ParallelText.Read(corner.Write("a.en", "one\ntwo\nthree\n"),
            corner.Write("a.de", "eins\n")));
        Assert.Contains("a.en' has 3 lines", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a.de' has 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_separated_pairs_are_source_then_target()
    {
        var text = ParallelText.ReadTabSeparated(corner.Write("a.tsv", "one\teins\ntwo words\tzwei Wörter\n\t\n"));
        Assert.Equal(["one", "two words", ""], text.Source);
        Assert.Equal(["eins", "zwei Wörter", ""], text.Target);
    }

    [Theory]
    [InlineData("one\teins\ntwo\n", 2, 1)]
    [InlineData("one\teins\ta note\n", 1, 3)]
    [InlineData("one\teins\n\n", 2, 1)]
    public void A_line_that_is_no_pair_is_named_with_its_number_and_fields(string content, int line, int fields)
    {
        var fault = Assert.Throws<InvalidDataException>(() => ParallelText.ReadTabSeparated(corner.Write("a.tsv", content)));
        Assert.Contains($"a.tsv', line {line}: found {fields} tab-separated field", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}

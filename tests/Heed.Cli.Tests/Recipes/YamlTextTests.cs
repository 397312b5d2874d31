using Heed.Cli.Recipes;

namespace Heed.Cli.Tests;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData("-3", "-3")]
    [InlineData("+5", "5")]
    [InlineData("0x1F", "31")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("2.", "2")]
    [InlineData("1e-9", "1E-09")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("0o17x", "\"0o17x\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("13a", "\"13a\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("{kind: gelu, width: 512}", "{\"kind\":\"gelu\",\"width\":512}")]
    [InlineData("[1, two, [3]]", "[1,\"two\",[3]]")]
    [InlineData("", "null")]
    public void A_value_means_what_the_core_schema_says(string yaml, string json)
        => Assert.Equal(json, YamlText.ReadValue(yaml, "value")?.ToJsonString() ?? "null");

    [Fact]
    public void Every_key_has_its_line()
    {
        var (_, lines) = YamlText.Read("# comment\na:\n  b: 1\n\n  c: {d: 2,\n      e: 3}\n", "file");
        Assert.Equal([("a", 2), ("a.b", 3), ("a.c", 5), ("a.c.d", 5), ("a.c.e", 6)], lines.Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "'file', line 3: gives 'a' again; it was given on line 1.")]
    [InlineData("a: {b: 1, b: 2}\n", "'file', line 1: gives 'a.b' again; it was given on line 1.")]
    [InlineData("a: &x 1\n", "'file', line 1: has an anchor '&x'; anchors are not used here, write values out.")]
    [InlineData("a: 1\nb: *a\n", "'file', line 2: refers to an anchor; write the value out.")]
    [InlineData("a: !!str 1\n", "'file', line 1: has a tag 'tag:yaml.org,2002:str'; tags are not used here.")]
    [InlineData("a: 1\n---\nb: 2\n", "'file', line 2: begins another document; expected a single one.")]
    [InlineData("a: .nan\n", "'file', line 1: holds .nan; numbers are finite.")]
    [InlineData("a: 1e999\n", "'file', line 1: holds 1e999, which is more than a number can be.")]
    [InlineData("a:\n  b: 1\n\tc: 2\n", "'file', line 3: is indented with a tab; YAML indents with spaces.")]
    [InlineData("? [1, 2]\n: 3\n", "'file', line 1: has a key that is no plain text.")]
    public void What_a_configuration_cannot_use_is_refused_with_its_line(string yaml, string sentence)
        => Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => YamlText.Read(yaml, "file")).Message);

    [Theory]
    [InlineData("a: [1, 2\nb: 3\n", 1)]
    [InlineData("a: 'open\nb: 3\n", 1)]
    [InlineData("a: 1\n b: 2\n", 2)]
    [InlineData("a: {b: 1\n", 1)]
    [InlineData("%YAML 3.0\n---\na: 1\n", 1)]
    public void What_is_no_yaml_is_refused_with_a_line(string yaml, int line)
    {
        var message = Assert.Throws<InvalidDataException>(() => YamlText.Read(yaml, "file")).Message;
        Assert.Matches($"^'file', line [{line}-{line + 1}]: .+\\.$", message);
    }

    [Fact]
    public void A_tree_without_bottom_ends_in_a_sentence()
        => Assert.Contains("nested more than 64 levels deep", Assert.Throws<InvalidDataException>(() => YamlText.Read(new string('[', 100_000), "file")).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_of_any_kind_gives_a_value_or_a_sentence()
    {
        const string Letters = "ab:{}[],'\"#&*!|>%@`-?\t\n \\~0.1e\u0000\u0085\u2028é😀";
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Letters[random.Next(Letters.Length)]));
            var fault = Record.Exception(() => YamlText.Read(text, "file"));
            Assert.True(fault is null or InvalidDataException, $"{text.Replace("\n", "\\n", StringComparison.Ordinal)}: {fault}");
        }
    }
}

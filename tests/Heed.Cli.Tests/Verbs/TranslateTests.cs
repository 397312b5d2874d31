using System.Globalization;
using System.Text;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Tests;

public sealed class TranslateTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_line_in_gives_one_line_out_whatever_it_holds()
    {
        string[] lines =
        [
            "the cat sleeps", "", "   ", "\t", "the dog\r", "line\u2028separator", "next\u0085line", "null\0byte", "vertical\vtab\fform", "😀👩‍👩‍👧‍👦", "\uFEFFbom",
            "שלום עולם", "é e\u0301", "</s> <s> </s>", new string('a', 3000), string.Concat(Enumerable.Repeat("cat ", 2000)), "\\n \\r", "a small bird sings here now",
        ];
        var ran = await Heed.RunOn(string.Join('\n', lines), "translate", trained.Model, "--threads", "1", "--max-length", "40");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Equal(lines.Length, ran.Lines.Length);
        Assert.Equal(["", "", ""], ran.Lines[1..4]);
        Assert.All(ran.Lines, line => Assert.DoesNotContain('\r', line));
        Assert.Contains("heed: line 15 is longer than 40 ids; the rest of it was not translated (--max-length).\n", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("heed: line 16 is longer", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_shift_no_line()
    {
        byte[] input = [.. "the cat\n"u8, 0xFF, 0xFE, (byte)'\n', 0xC3, (byte)'\n', .. "the dog"u8];
        using var output = new MemoryStream();
        using (var terminal = new Terminal(new MemoryStream(input), output, TextWriter.Null)) Assert.Equal(ExitCode.Ok, await HeedCommand.Run(["translate", trained.Model, "--threads", "1"], terminal, default));
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal(5, lines.Length);
        var alone = await Heed.RunOn("the cat\nthe dog\n", "translate", trained.Model, "--threads", "1");
        Assert.Equal(alone.Lines, new[] { lines[0], lines[3] });
    }

    [Fact]
    public async Task A_line_is_translated_the_same_alone_or_among_others_from_file_or_stream()
    {
        var (source, _) = Tiny.Sentences(30, seed: 3);
        var input = folder.Write("in.txt", source);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("translate", trained.Path, "--input", input, "--output", folder["out.txt"], "--threads", "1", "--batch-tokens", "20")).Code);
        var streamed = await Heed.RunOn(string.Join('\n', source), "translate", trained.Model, "--threads", "2");
        Assert.Equal(streamed.Output, File.ReadAllText(folder["out.txt"]));
        var alone = await Heed.RunOn(source[^1], "translate", trained.Model, "--threads", "1");
        Assert.Equal(streamed.Lines[^1], alone.Lines.Single());
    }

    [Fact]
    public async Task A_model_that_holds_NaN_is_told_from_one_that_does_not()
    {
        using (var model = ModelFolder.Load(trained.Model))
        {
            model.Parameters["decoder.0.feed.first.bias"].Value[2] = float.NaN;
            Directory.CreateDirectory(folder["model"]);
            ModelFolder.Save(folder["model"], model, new ModelCard());
        }
        var ran = await Heed.RunOn("the cat sleeps", "translate", folder["model"], "--threads", "1");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Empty(ran.Output);
        Assert.Contains("heed: Forward, Linear at decoder.0.feed.first: the result [", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("The parameter decoder.0.feed.first.bias [", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_and_alignment_are_fields_after_the_translation()
    {
        var ran = await Heed.RunOn("the cat sleeps\n\nthe dog\n", "translate", trained.Model, "--align", "--scores", "--threads", "1");
        Assert.Equal(3, ran.Lines.Length);
        foreach (var fields in ran.Lines.Select(line => line.Split('\t')))
        {
            Assert.Equal(3, fields.Length);
            Assert.True(double.Parse(fields[1], CultureInfo.InvariantCulture) <= 0);
            var words = fields[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var links = fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(link => link.Split('-').Select(int.Parse).ToArray()).ToList();
            Assert.Equal(Enumerable.Range(0, words.Length), links.Select(link => link[1]));
            Assert.All(links, link => Assert.InRange(link[0], 0, 2));
        }
        Assert.Equal("\t0.0000\t", ran.Lines[1]);
    }

    [Fact]
    public async Task On_a_terminal_the_alignment_is_drawn()
    {
        using var output = new MemoryStream();
        using (var terminal = new Terminal(new MemoryStream("the cat sleeps\n"u8.ToArray()), output, TextWriter.Null) { OutputIsTerminal = true, Colours = false, Columns = () => 60 })
            Assert.Equal(ExitCode.Ok, await HeedCommand.Run(["translate", trained.Model, "--align", "--threads", "1"], terminal, default));
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Matches("^ +the cat sleeps$", lines[1]);
        Assert.Contains(lines[2..], line => line.Contains('█') || line.Contains('▓') || line.Contains('▒') || line.Contains('░'));
        Assert.DoesNotContain('\t', string.Concat(lines));
    }

    [Fact]
    public async Task Draws_follow_the_seed_and_the_number_of_the_line()
    {
        var (source, _) = Tiny.Sentences(20, seed: 4);
        var input = string.Join('\n', source);
        Task<Ran> Sample(string seed, params string[] more) => Heed.RunOn(input, ["translate", trained.Model, "--sample", "--seed", seed, "--threads", "1", .. more]);
        var first = await Sample("1");
        Assert.Equal(first.Output, (await Sample("1", "--batch-tokens", "12")).Output);
        Assert.NotEqual(first.Output, (await Sample("2")).Output);
        // The most probable id every time is greedy search.
        var greedy = await Heed.RunOn(input, "translate", trained.Model, "--beam", "1", "--threads", "1");
        Assert.Equal(greedy.Output, (await Sample("3", "--top-k", "1")).Output);
    }

    [Theory]
    [InlineData("heed: --top-k needs --sample.", "--top-k", "3")]
    [InlineData("heed: --beam searches and --sample draws; give one of them.", "--sample", "--beam", "2")]
    [InlineData("heed: --max-length is '0', expected a whole number from 1 to 1000000, alone or followed by ':split'.", "--max-length", "0")]
    [InlineData("heed: --max-length is '12:halve', expected a whole number from 1 to 1000000, alone or followed by ':split'.", "--max-length", "12:halve")]
    [InlineData("heed: --beam is '0', expected a whole number from 1 to 10000.", "--beam", "0")]
    [InlineData("heed: --beam is 'two', expected a whole number from 1 to 10000.", "--beam", "two")]
    [InlineData("heed: --top-p is '1.5', expected a number from 1E-09 to 1.", "--sample", "--top-p", "1.5")]
    public async Task Options_that_cannot_be_are_refused(string sentence, params string[] options)
    {
        var ran = await Heed.Run(["translate", trained.Model, .. options]);
        Assert.Equal((ExitCode.Usage, $"{sentence}\nSee 'heed translate --help'.\n"), (ran.Code, ran.Messages));
    }

    [Fact]
    public async Task Several_models_translate_together_in_any_order()
    {
        var other = await Sibling();
        var input = string.Join('\n', Tiny.Sentences(12, seed: 5).Source);
        var one = await Heed.RunOn(input, "translate", trained.Model, "--scores", "--threads", "1");
        var both = await Heed.RunOn(input, "translate", trained.Model, other, "--scores", "--threads", "1");
        Assert.True(both.Code == ExitCode.Ok, both.Messages);
        Assert.NotEqual(one.Output, both.Output);
        Assert.Equal(both.Output, (await Heed.RunOn(input, "translate", other, trained.Model, "--scores", "--threads", "2", "--batch-tokens", "9")).Output);
        var twice = await Heed.RunOn(input, "translate", trained.Model, trained.Path, "--threads", "1");
        Assert.Equal(one.Lines.Select(line => line.Split('\t')[0]), twice.Lines);
        var drawn = await Heed.RunOn(input, "translate", trained.Model, other, "--sample", "--threads", "1");
        Assert.Equal(drawn.Output, (await Heed.RunOn(input, "translate", other, trained.Model, "--sample", "--threads", "1")).Output);
        Assert.Equal(12, (await Heed.RunOn(input, "translate", trained.Model, other, "--align", "--threads", "1")).Lines.Length);
    }

    [Fact]
    public async Task Models_that_do_not_fit_are_refused_with_what_differs()
    {
        var other = Path.Combine(await Sibling(vocabulary: 280), "");
        var ran = await Heed.RunOn("the cat", "translate", trained.Model, other, "--threads", "1");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Empty(ran.Output);
        Assert.Matches(@"^heed: The models in '.+' and '.+' cannot translate together: of their target vocabularies, one has 290 ids, the other 280\. Train them with one tokenizer\.\n$", ran.Messages);
    }

    // The same text, learned from another seed.
    async Task<string> Sibling(int vocabulary = 290)
    {
        var ran = await Heed.Run("train", trained.Recipe, "--out", folder["sibling"], "--threads", "1", "--set", "training.seed=2", "--set", "training.steps=40", "--set", "validation.beam=0",
            "--set", $"tokenizer.vocabulary={vocabulary}");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        return folder["sibling", "model"];
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_split_where_that_is_asked_for_and_both_are_told()
    {
        string[] lines = ["the cat sleeps", "the cat sleeps . the dog eats , a bird sings here now . a small bird sings .", "the dog"];
        var split = await Heed.RunOn(string.Join('\n', lines), "translate", trained.Model, "--max-length", "12:split", "--threads", "1");
        Assert.Equal(ExitCode.Ok, split.Code);
        Assert.Equal(3, split.Lines.Length);
        Assert.Matches(@"^heed: line 2 is longer than 12 ids; it was translated in [0-9]+ parts \(--max-length\)\.\n$", split.Messages);
        var cut = await Heed.RunOn(string.Join('\n', lines), "translate", trained.Model, "--max-length", "12", "--threads", "1");
        Assert.Equal("heed: line 2 is longer than 12 ids; the rest of it was not translated (--max-length).\n", cut.Messages);
        Assert.Equal((split.Lines[0], split.Lines[2]), (cut.Lines[0], cut.Lines[2]));
        Assert.True(split.Lines[1].Length > cut.Lines[1].Length);
    }

    [Fact]
    public async Task What_is_no_model_is_refused_with_a_sentence()
    {
        Assert.Equal($"heed: There is no directory '{folder["none"]}'. Name a model directory, or a run.\n", (await Heed.Run("translate", folder["none"])).Messages);
        folder.Write("empty/note.txt", "");
        Assert.Contains("has no config.json; a model is a directory with", (await Heed.Run("translate", folder["empty"])).Messages, StringComparison.Ordinal);
    }
}

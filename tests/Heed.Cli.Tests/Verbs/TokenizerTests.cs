namespace Heed.Cli.Tests;

public sealed class TokenizerTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_encoded_decodes_to_itself()
    {
        var (source, target) = Tiny.Sentences(100);
        var output = folder["tok.json"];
        var ran = await Heed.Run("tokenizer", "train", "--input", folder.Write("a", source), folder.Write("b", target), "--vocabulary", "300", "--output", output);
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Equal($"300 ids from 200 lines in {output}.\n", ran.Messages);
        const string Text = "the cat 猫 😀\n\n  spaces  and\ttabs\nü\n";
        foreach (var pieces in (string[][])[[], ["--pieces"]])
        {
            var encoded = await Heed.RunOn(Text, ["tokenizer", "encode", output, .. pieces]);
            Assert.Equal(4, encoded.Lines.Length);
            Assert.Equal("", encoded.Lines[1]);
            Assert.Equal(Text, (await Heed.RunOn(encoded.Output, ["tokenizer", "decode", output, .. pieces])).Output);
        }
    }

    [Fact]
    public async Task A_model_stands_for_its_tokenizer()
    {
        var encoded = await Heed.RunOn("the cat\n", "tokenizer", "encode", trained.Model, "--pieces");
        Assert.Equal("theĠcat", encoded.Lines.Single().Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0 999999 1", "heed: Line 1: '999999' is no id of this tokenizer; they are 0 to 289.\n")]
    [InlineData("3\nx", "heed: Line 2: 'x' is no id of this tokenizer; they are 0 to 289.\n")]
    public async Task What_is_no_id_is_refused_with_its_line(string input, string sentence)
    {
        var ran = await Heed.RunOn(input, "tokenizer", "decode", trained.Model);
        Assert.Equal((ExitCode.Failed, sentence), (ran.Code, ran.Messages));
    }

    [Fact]
    public async Task A_vocabulary_too_small_for_the_bytes_is_refused()
    {
        var ran = await Heed.Run("tokenizer", "train", "--input", folder.Write("a", "x\n"), "--vocabulary", "100", "--output", folder["t.json"]);
        Assert.Equal((ExitCode.Usage, "heed: --vocabulary is '100', expected a whole number from 258 to 10000000.\nSee 'heed tokenizer train --help'.\n"), (ran.Code, ran.Messages));
    }
}

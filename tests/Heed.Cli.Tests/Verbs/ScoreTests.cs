using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class ScoreTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Scores_are_printed_as_sacrebleu_prints_them()
    {
        var reference = folder.Write("ref", "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
        var ran = await Heed.RunOn("The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n", "score", "--reference", reference, "--metric", "bleu,chrf");
        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.Equal("", ran.Messages);
        // From sacreBLEU's own documentation, with a single reference of the three sentences.
        Assert.StartsWith("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 45.07 ", ran.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0 = ", ran.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_references_are_several_files()
    {
        // The example of sacreBLEU's README: 48.53 with these two references.
        var first = folder.Write("a", "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
        var second = folder.Write("b", "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.\n");
        var ran = await Heed.RunOn("The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n", "score", "--reference", first, second);
        Assert.StartsWith("BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)", ran.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_parts_of_the_signature()
    {
        var reference = folder.Write("ref", "a b c d\n");
        var hypothesis = folder.Write("hyp", "A B C D\n");
        var ran = await Heed.Run("score", "-r", reference, "-y", hypothesis, "--lowercase", "--tokenize", "none", "--smooth", "floor", "--smooth-value", "0.25", "--json");
        var node = JsonNode.Parse(ran.Output)!;
        Assert.Equal("BLEU", (string?)node["name"]);
        Assert.Equal(100, (double)node["score"]!, 1e-9);
        Assert.Equal(("lc", "none", "floor[0.25]"), ((string?)node["case"], (string?)node["tok"], (string?)node["smooth"]));
        Assert.Equal("100.0/100.0/100.0/100.0 (BP = 1.000 ratio = 1.000 hyp_len = 4 ref_len = 4)", (string?)node["verbose_score"]);
        Assert.Equal(2, JsonNode.Parse((await Heed.Run("score", "-r", reference, "-y", hypothesis, "-m", "bleu", "-m", "chrf++", "--json")).Output)!.AsArray().Count);
    }

    [Fact]
    public async Task Files_of_unequal_length_are_refused_with_both_counts()
    {
        var reference = folder.Write("ref", "a\nb\nc\n");
        var ran = await Heed.RunOn("a\nb\n", "score", "--reference", reference);
        Assert.Equal((ExitCode.Failed, $"heed: 'standard input' has 2 lines but '{reference}' has 3; they must be aligned line by line.\n"), (ran.Code, ran.Messages));
    }

    [Theory]
    [InlineData("--metric", "blue", "There is no metric 'blue'; there are bleu, chrf and chrf++.")]
    [InlineData("--tokenize", "14a", "13a")]
    public async Task An_unknown_name_is_refused_with_the_known_ones(string option, string value, string sentence)
    {
        var ran = await Heed.RunOn("a\n", "score", "--reference", folder.Write("ref", "a\n"), option, value);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(sentence, ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_scores_what_translate_gives()
    {
        string[] files = ["--source", trained.Validation("en"), "--reference", trained.Validation("fr")];
        var translated = await Heed.Run("translate", trained.Model, "--input", files[1], "--threads", "1");
        var scored = await Heed.RunOn(translated.Output, "score", "--reference", files[3], "--tokenize", "none", "--metric", "bleu,chrf");
        var evaluated = await Heed.Run(["evaluate", trained.Model, .. files, "--tokenize", "none", "--metric", "bleu,chrf", "--threads", "1"]);
        Assert.Equal((ExitCode.Ok, scored.Output), (evaluated.Code, evaluated.Output));
    }

    [Fact]
    public async Task A_missed_bar_is_exit_code_3()
    {
        string[] command = ["evaluate", trained.Model, "--source", trained.Validation("en"), "--reference", trained.Validation("fr"), "--threads", "1"];
        Assert.Equal(ExitCode.Ok, (await Heed.Run([.. command, "--min", "bleu=0"])).Code);
        var missed = await Heed.Run([.. command, "--min", "bleu=0", "--min", "chrf=100.5"]);
        Assert.Equal(ExitCode.BarMissed, missed.Code);
        Assert.Matches(@"^heed: chrf is \d+\.\d\d, below the bar of 100\.5\.\n$", missed.Messages);
        Assert.Equal(2, missed.Lines.Length);
        Assert.Equal(ExitCode.Usage, (await Heed.Run([.. command, "--min", "bleu"])).Code);
    }

    [Fact]
    public async Task Published_scores_of_a_real_system_are_printed_to_the_last_digit()
    {
        var set = Places.InData("metrics-mt", "newstest2016.de-en");
        Assert.SkipUnless(Directory.Exists(set), "Needs the evaluation sets beside the repository.");
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(set, "expected.corpus.json")))!.AsArray()
            .First(score => (string?)score!["system"] == "microsoft" && (string?)score["metric"] == "BLEU")!;
        var ran = await Heed.Run("score", "--reference", Path.Combine(set, "ref.A.txt.gz"), "--hypothesis", Path.Combine(set, "hyp.microsoft.txt.gz"));
        var value = ((double)expected["score"]!).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        Assert.StartsWith($"BLEU|{expected["signature"]} = {value} ", ran.Lines.Single(), StringComparison.Ordinal);
        Assert.EndsWith($"hyp_len = {expected["sys_len"]} ref_len = {expected["ref_len"]})", ran.Lines.Single(), StringComparison.Ordinal);
    }
}

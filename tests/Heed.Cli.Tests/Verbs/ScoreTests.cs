using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class ScoreTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_ensemble_is_evaluated_like_a_model_but_has_no_perplexity()
    {
        string[] files = ["--source", trained.Validation("en"), "--reference", trained.Validation("fr"), "--tokenize", "none", "--threads", "1"];
        var one = await Heed.Run(["evaluate", trained.Model, .. files]);
        var both = await Heed.Run(["evaluate", trained.Model, trained.Path, .. files]);
        Assert.Equal((ExitCode.Ok, one.Output), (both.Code, both.Output));
        var refused = await Heed.Run(["evaluate", trained.Model, trained.Path, .. files, "--metric", "perplexity"]);
        Assert.Equal((ExitCode.Usage, "heed: perplexity is that of one model; name one model, or other metrics.\nSee 'heed evaluate --help'.\n"), (refused.Code, refused.Messages));
    }

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
    [InlineData("--metric", "blue", "There is no metric 'blue'; there are bleu, multi-bleu, chrf, chrf++, ter, rouge1, rouge2, rougel and rougelsum.")]
    [InlineData("--metric", "perplexity", "perplexity needs a model: see 'heed evaluate --metric perplexity'.")]
    [InlineData("--tokenize", "14a", "heed: --tokenize is '14a', expected one of 13a, intl, char, zh, none.")]
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
        var worse = await Heed.Run([.. command, "--max", "ter=-1"]);
        Assert.Equal(ExitCode.BarMissed, worse.Code);
        Assert.Matches(@"^heed: ter is \d+\.\d\d, above the bar of -1\.\n$", worse.Messages);
        Assert.Contains("--min ter=5 sets a bar for the better side of ter; use --max.", (await Heed.Run([.. command, "--min", "ter=5"])).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_metric_is_printed_with_its_signature()
    {
        var reference = folder.Write("ref", "the cat sat on the mat .\n");
        var ran = await Heed.RunOn("the cat on the mat sat .\n", "score", "-r", reference, "-m", "multi-bleu,chrf++,ter,rouge");
        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.Equal(
        [
            "BLEU = 0.00, 100.0/50.0/20.0/0.0 (BP=1.000, ratio=1.000, hyp_len=7, ref_len=7)",
            "chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 80.05",
            "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0 = 14.29",
            "ROUGE-1|nrefs:1|case:lc|words:a-z0-9|stem:no = 100.00 (precision = 100.00 recall = 100.00)",
            "ROUGE-2|nrefs:1|case:lc|words:a-z0-9|stem:no = 60.00 (precision = 60.00 recall = 60.00)",
            "ROUGE-L|nrefs:1|case:lc|words:a-z0-9|stem:no = 83.33 (precision = 83.33 recall = 83.33)",
            "ROUGE-Lsum|nrefs:1|case:lc|words:a-z0-9|stem:no = 83.33 (precision = 83.33 recall = 83.33)",
        ], ran.Lines);
    }

    [Fact]
    public async Task Sentences_of_a_summary_stand_between_marks()
    {
        var reference = folder.Write("ref", "a b<n>c d\n");
        var joined = await Heed.RunOn("c d<n>a b\n", "score", "-r", reference, "-m", "rougelsum");
        Assert.Contains("= 100.00 ", joined.Lines.Single(), StringComparison.Ordinal);
        var apart = await Heed.RunOn("c d;a b\n", "score", "-r", folder.Write("other", "a b;c d\n"), "-m", "rougelsum", "--sentence-mark", ";");
        Assert.Equal(joined.Output, apart.Output);
    }

    [Fact]
    public async Task Confidence_prints_the_interval_and_its_draws()
    {
        var reference = folder.Write("ref", Enumerable.Range(0, 40).Select(i => $"line {i} has seven words in it"));
        var hypothesis = folder.Write("hyp", Enumerable.Range(0, 40).Select(i => $"line {i} has {(i % 3 == 0 ? "some" : "seven")} words in it"));
        var ran = await Heed.Run("score", "-r", reference, "-y", hypothesis, "--confidence", "--confidence-n", "200", "--confidence-seed", "3", "-m", "bleu,ter,rouge1");
        Assert.Matches(@"^BLEU\|nrefs:1\|bs:200\|seed:3\|case:mixed\|.* = \d\d\.\d\d \(μ = \d\d\.\d\d ± \d\.\d\d\) ", ran.Lines[0]);
        Assert.Matches(@"^TER\|nrefs:1\|bs:200\|seed:3\|.* = 5\.00 \(μ = \d\.\d\d ± \d\.\d\d\)$", ran.Lines[1]);
        Assert.Matches(@"^ROUGE-1\|.* = 95\.00 \(μ = 9\d\.\d\d, 9\d\.\d\d to 9\d\.\d\d\) ", ran.Lines[2]);
    }

    [Fact]
    public async Task Two_systems_are_compared_by_both_tests()
    {
        var reference = folder.Write("ref", Enumerable.Range(0, 60).Select(i => $"line {i} has seven words in it"));
        var good = folder.Write("good", Enumerable.Range(0, 60).Select(i => $"line {i} has {(i % 9 == 0 ? "some" : "seven")} words in it"));
        var bad = folder.Write("bad", Enumerable.Range(0, 60).Select(i => $"line {i} has {(i % 9 == 0 ? "seven" : "some")} words in it"));
        var ran = await Heed.Run("score", "-r", reference, "-y", good, "--against", bad, "-m", "bleu,ter", "--confidence-n", "100");
        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.Matches(@"^system +BLEU \(μ ± 95 % CI\) +TER \(μ ± 95 % CI\)$", ran.Lines[0]);
        Assert.Matches(@"bad  +\d+\.\d\d \(\d+\.\d\d ± \d+\.\d\d\)  +\d+\.\d\d \(", ran.Lines[1]);
        Assert.Matches(@"^difference +\+\d+\.\d\d +-\d+\.\d\d$", ran.Lines[3]);
        Assert.Matches(@"^p, paired bootstrap +0\.0099\* +0\.0099\*$", ran.Lines[4]);
        Assert.Matches(@"^p, approximate randomisation +0\.0001\* +0\.0001\*$", ran.Lines[5]);
        var node = JsonNode.Parse((await Heed.Run("score", "-r", reference, "-y", good, "--against", bad, "--json")).Output)!.AsArray().Single()!;
        Assert.Equal("nrefs:1|bs:1000|ar:10000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0", (string?)node["signature"]);
        Assert.Equal(1 / 1001.0, (double)node["p_value_bootstrap"]!, 1e-12);
        Assert.Equal((bad, good), ((string?)node["baseline"]!["system"], (string?)node["system"]!["system"]));
        Assert.Equal(ExitCode.Usage, (await Heed.Run("score", "-r", reference, "-y", good, "--against", bad, "-m", "rouge1")).Code);
    }

    [Fact]
    public async Task What_cannot_be_scored_is_a_sentence()
    {
        var nothing = folder.Write("nothing", "");
        var ran = await Heed.Run("score", "-r", nothing, "-y", nothing);
        Assert.Equal((ExitCode.Failed, $"heed: There is nothing to score: '{nothing}' and '{nothing}' have no lines.\n"), (ran.Code, ran.Messages));
        var missing = await Heed.Run("score", "-r", folder["missing"], "-y", nothing);
        Assert.Equal(ExitCode.Failed, missing.Code);
        Assert.Contains(folder["missing"], missing.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Perplexity_is_that_of_the_references_under_the_model()
    {
        string[] files = ["--source", trained.Validation("en"), "--reference", trained.Validation("fr")];
        var ran = await Heed.Run(["evaluate", trained.Model, .. files, "--metric", "perplexity", "--threads", "1"]);
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var best = JsonNode.Parse((await Heed.Run("runs", "list", trained.Path, "--json")).Output)![0]!["best"]!;
        Assert.StartsWith(FormattableString.Invariant($"PPL|per:token|end:counted = {(double)best["perplexity"]!:F2} (per word = "), ran.Lines.Single(), StringComparison.Ordinal);
        var both = await Heed.Run(["evaluate", trained.Model, .. files, "--metric", "perplexity,chrf", "--threads", "1", "--max", "perplexity=1000000", "--json"]);
        Assert.Equal(["chrF2", "PPL"], JsonNode.Parse(both.Output)!.AsArray().Select(score => (string?)score!["name"]));
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

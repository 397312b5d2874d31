using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class RunsTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    // A second run beside the trained one, short and of another width.
    async Task<string> Other()
    {
        var ran = await Heed.Run("train", trained.Recipe, "--out", folder["runs", "other"], "--threads", "1", "--set", "training.steps=4", "--set", "validation.every=2", "--set", "model.width=24");
        Assert.Equal(ExitCode.Ok, ran.Code);
        return folder["runs", "other"];
    }

    [Fact]
    public async Task A_list_has_a_line_for_each_run_and_says_what_is_wrong_with_the_rest()
    {
        await Other();
        Directory.CreateDirectory(folder["runs", "thesis"]);
        folder.Write("runs/damaged/recipe.json", "{\"training\":{\"steps\":5}}");
        folder.Write("runs/damaged/metrics.jsonl", "{\"step\":1}\n{\"step\":2}\n");
        folder.Write("runs/nonsense/recipe.json", "{");
        var ran = await Heed.Run("runs", "list", folder["runs"]);
        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.StartsWith("run    state     step  epoch  ", ran.Lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^other  finished   4/4      \d  +\d\.\d{3}  BLEU +\d+\.\d\d  +[24] ", ran.Lines[1]);
        Assert.Equal(3, ran.Lines[2..].Length);
        Assert.StartsWith($"damaged: '{folder["runs", "damaged", "metrics.jsonl"]}', line 1: expected a number under 'loss'", ran.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"nonsense: '{folder["runs", "nonsense", "recipe.json"]}' is not JSON", ran.Lines[3], StringComparison.Ordinal);
        Assert.Equal($"thesis: '{folder["runs", "thesis"]}' is no training run: it has no recipe.json.", ran.Lines[4]);
    }

    [Fact]
    public async Task A_list_for_scripts_has_what_a_table_of_results_needs()
    {
        var node = JsonNode.Parse((await Heed.Run("runs", "list", trained.Path, "--json")).Output)!.AsArray().Single()!;
        Assert.Equal(("run", "finished", 60, 60), ((string?)node["name"], (string?)node["state"], (int)node["step"]!, (int)node["steps"]!));
        Assert.True((double)node["flops"]! > 1e6);
        Assert.True((double)node["tokensPerSecond"]! > 0);
        var best = node["best"]!;
        Assert.Equal(Math.Exp((double)best["entropy"]!), (double)best["perplexity"]!, 1e-9);
        var lines = File.ReadAllLines(Path.Combine(trained.Path, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(lines.Where(line => line["flops"] is not null).Sum(line => (double)line["flops"]!), (double)node["flops"]!, 1);
        Assert.Equal((double)best["bleu"]!, lines.Max(line => (double?)line["validation"]?["bleu"]));
    }

    [Fact]
    public async Task A_directory_without_runs_says_so_and_one_that_is_not_there_too()
    {
        Directory.CreateDirectory(folder["empty"]);
        var ran = await Heed.Run("runs", "list", folder["empty"]);
        Assert.Equal((ExitCode.Ok, "", $"There is no run in '{folder["empty"]}'.\n"), (ran.Code, ran.Output, ran.Messages));
        var missing = await Heed.Run("runs", "list", folder["missing"]);
        Assert.Equal((ExitCode.Failed, $"heed: There is no directory '{folder["missing"]}'. Name one that holds runs.\n"), (missing.Code, missing.Messages));
    }

    [Fact]
    public async Task A_comparison_shows_what_differs_what_came_of_it_and_curves()
    {
        var ran = await Heed.Run("runs", "compare", trained.Path, await Other());
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        Assert.Matches(@"^Recipe +run +other$", ran.Lines[0]);
        Assert.Matches(@"^  model\.width +16 +24$", ran.Lines[1]);
        Assert.Matches(@"^  training\.steps +60 +4$", ran.Lines[2]);
        Assert.Matches(@"^  validation\.every +20 +2$", ran.Lines[3]);
        Assert.Contains(ran.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^  steps +60/60 +4/4$"));
        var losses = Array.FindIndex(ran.Lines, line => line.StartsWith("training loss  ", StringComparison.Ordinal));
        Assert.Matches(@"^  run    [▁▂▃▄▅▆▇█]{32}  \d\.\d{3} → \d\.\d{3}$", ran.Lines[losses + 1]);
        // Four steps of sixty are two columns of thirty-two.
        Assert.Matches(@"^  other  [▁▂▃▄▅▆▇█]{2} {30}  \d\.\d{3} → \d\.\d{3}$", ran.Lines[losses + 2]);
    }

    [Fact]
    public async Task A_page_is_whole_in_one_file()
    {
        var page = folder["page.html"];
        var ran = await Heed.Run("runs", "compare", trained.Path, await Other(), "--output", page);
        Assert.Equal($"The page is {page}.\n", ran.Messages);
        var text = File.ReadAllText(page);
        Assert.DoesNotContain("http", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var begin = text.IndexOf("id=\"data\">", StringComparison.Ordinal) + 10;
        var data = JsonNode.Parse(text[begin..text.IndexOf("</script>", begin, StringComparison.Ordinal)])!;
        Assert.Equal(["run", "other"], data["runs"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(["loss", "bleu", "accuracy", "entropy", "speed"], data["curves"]!.AsArray().Select(curve => (string?)curve!["key"]));
        var points = data["curves"]![0]!["runs"]![0]!.AsArray();
        Assert.Equal([60, 60, 60], points.Select(list => list!.AsArray().Count));
        Assert.Equal(Enumerable.Range(1, 60), points[0]!.AsArray().Select(step => (int)step!));
    }

    [Fact]
    public async Task Of_one_run_there_is_what_came_of_it_and_nothing_that_differs()
    {
        var page = folder["page.html"];
        var one = await Heed.Run("runs", "compare", trained.Path, "--output", page);
        Assert.Equal(ExitCode.Ok, one.Code);
        Assert.Matches(@"^Result +run$", one.Lines[0]);
        Assert.DoesNotContain(one.Lines, line => line.StartsWith("Recipe", StringComparison.Ordinal));
        Assert.Contains(one.Lines, line => line.StartsWith("training loss  ", StringComparison.Ordinal));
        Assert.Contains(">run: what came of it.<", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_names_become_paths()
    {
        var same = JsonNode.Parse((await Heed.Run("runs", "compare", trained.Path, trained.Path, "--json")).Output)!;
        Assert.Empty(same["recipe"]!.AsObject());
        Assert.Equal([trained.Path, trained.Path], same["runs"]!.AsArray().Select(run => (string?)run!["name"]));
    }
}

using System.Text.Json.Nodes;
using Heed.Laboratory;

namespace Heed.Cli.Tests;

public sealed class LabTests
{
    [Fact]
    public async Task The_list_names_every_experiment_with_its_question()
    {
        var ran = await Heed.Run("lab", "list");
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        Assert.Equal(Experiment.All.Count + 1, ran.Lines.Length);
        foreach (var (experiment, line) in Experiment.All.Zip(ran.Lines.Skip(1)))
        {
            Assert.StartsWith(experiment.Name + " ", line, StringComparison.Ordinal);
            Assert.EndsWith(experiment.Question, line, StringComparison.Ordinal);
        }
        Assert.Equal(Experiment.All.Count, JsonNode.Parse((await Heed.Run("lab", "list", "--json")).Output)!.AsArray().Count);
    }

    [Fact]
    public async Task An_experiment_prints_its_numbers_and_writes_one_page_that_needs_no_network()
    {
        using var folder = new Folder();
        var page = Path.Combine(folder.Path, "page.html");
        var ran = await Heed.Run("lab", "worked-example", "--output", page);
        Assert.Equal((ExitCode.Ok, $"The page is {page}.\n"), (ran.Code, ran.Messages));
        Assert.Contains("[1.9366, 6.6831, 1.5951]", ran.Output, StringComparison.Ordinal);
        Assert.Contains("S = Q·Kᵀ", ran.Output, StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("__DATA__", html, StringComparison.Ordinal);
        var data = JsonNode.Parse(html.Split("<script type=\"application/json\" id=\"data\">")[1].Split("</script>")[0])!;
        Assert.Equal("trace", (string?)data["sections"]![0]!["exhibits"]![0]!["kind"]);
    }

    [Fact]
    public async Task Json_is_the_report_with_every_kind_of_exhibit()
    {
        var scaling = JsonNode.Parse((await Heed.Run("lab", "scaling", "--json")).Output)!;
        var masking = JsonNode.Parse((await Heed.Run("lab", "masking", "--json")).Output)!;
        Assert.Equal(["curves", "curves", "table"], Kinds(scaling));
        Assert.Equal(["heatmap", "heatmap", "table"], Kinds(masking));
        Assert.Equal(11, scaling["sections"]![0]!["exhibits"]![0]!["curves"]![0]!["y"]!.AsArray().Count);
    }

    static IEnumerable<string?> Kinds(JsonNode report) => report["sections"]!.AsArray().SelectMany(section => section!["exhibits"]!.AsArray()).Select(exhibit => (string?)exhibit!["kind"]);

    [Theory]
    [InlineData(ExitCode.Usage, "heed: There is no command 'scalling' in 'heed lab'; the nearest is 'scaling'.", "lab", "scalling")]
    [InlineData(ExitCode.Usage, "heed: There is no option '--model' in 'heed lab scaling'", "lab", "scaling", "--model", "x")]
    [InlineData(ExitCode.Failed, "heed: There is no directory 'nowhere'.", "lab", "cross", "--model", "nowhere")]
    public async Task What_cannot_be_done_is_said(int code, string message, params string[] args)
    {
        var ran = await Heed.Run(args);
        Assert.Equal((code, ""), (ran.Code, ran.Output));
        Assert.StartsWith(message, ran.Messages, StringComparison.Ordinal);
    }
}

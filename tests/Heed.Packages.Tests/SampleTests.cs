using Heed.Tests.Support;

namespace Heed.Packages.Tests;

/// <summary>Samples are compiled and run, and documents show nothing else.</summary>
public sealed class SampleTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("heed-samples-").FullName;

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Checkout.Path("samples", "library"), "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    // What a sample must say, so that one that says nothing is noticed.
    static readonly Dictionary<string, string[]> Expected = new()
    {
        ["01-train.cs"] = ["step 120: loss 0.", "step 120: BLEU 100.0", "The model is in model/.", "stands after step 120"],
        ["02-translate.cs"] = ["le chat voit une maison", "mon ami veut la mer", "un chien entend deux oiseaux: log p = -", "stopped", "translated in "],
        ["03-score.cs"] = ["BLEU = ", "nrefs:1|case:mixed|eff:no|tok:13a", "chrF2++ = ", "TER = ", "ROUGE"],
        ["04-stream.cs"] = ["le chat voit une maison\nun chien veut la mer\n", "| "],
        ["05-ensemble.cs"] = ["BLEU = 100.00"],
        ["06-loop.cs"] = ["step 250: perplexity 1.", "6 5 4 3 2\n"],
        ["07-language-model.cs"] = ["step 150: 0.", "three four five\n"],
    };

    [Theory, MemberData(nameof(Names))]
    public async Task A_sample_compiles_without_a_warning_and_says_what_it_should(string name)
    {
        Assert.True(Expected.TryGetValue(name, out var expected), $"Nobody has written down what {name} says.");
        var program = await Compiler.Compile(Checkout.Path("samples", "library", name), folder);
        var ran = await Ran.Well(folder, "", "dotnet", program);
        var output = ran.Output.ReplaceLineEndings("\n");
        Assert.All(expected, part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.Equal("", ran.Messages);
    }

    // The command that the documents name, which restores and builds as well.
    [Fact]
    public async Task The_sdk_runs_a_sample_from_its_file()
    {
        Slow.OnlyWhenAsked("a build of each sample, half a minute");
        foreach (var name in Names.Select(row => row.Data))
            await Ran.Well(Checkout.Root, "", "dotnet", "run", "-c", Checkout.Configuration, Checkout.Path("samples", "library", name));
    }

    [Theory]
    [InlineData("docs/library.md")]
    [InlineData("docs/package.md")]
    [InlineData("README.md")]
    public void Every_piece_of_code_in_a_document_stands_in_a_sample(string document)
    {
        var samples = Names.Select(row => Lines(File.ReadAllText(Checkout.Path("samples", "library", row.Data)))).ToList();
        var blocks = File.ReadAllText(Checkout.Path(document)).Split("```csharp\n")[1..].Select(text => Lines(text[..text.IndexOf("```", StringComparison.Ordinal)])).ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
            Assert.True(samples.Any(sample => block.Split("\n\n").All(paragraph => sample.Contains(paragraph, StringComparison.Ordinal))), $"No sample holds this of {document}, paragraph by paragraph:\n{block}");
    }

    // Indentation is the document's own.
    static string Lines(string text) => string.Join('\n', text.Trim().Split('\n').Select(line => line.Trim()));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

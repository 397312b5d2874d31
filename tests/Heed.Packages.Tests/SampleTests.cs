using Heed.Tests.Support;

namespace Heed.Packages.Tests;

/// <summary>Samples are compiled and run, and documents show nothing else.</summary>
public sealed class SampleTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("heed-samples-").FullName;

    // The story's at the top, those of the library in a directory of their own.
    public static TheoryData<string> Names => [.. In(""), .. In("library")];

    static IEnumerable<string> In(string directory) => Directory.EnumerateFiles(Checkout.Path("samples", directory), "*.cs").Select(file => Path.Combine(directory, Path.GetFileName(file)).Replace('\\', '/')).Order(StringComparer.Ordinal);

    // What a sample must say, so that one that says nothing is noticed.
    static readonly Dictionary<string, string[]> Expected = new()
    {
        ["01-tensors.cs"] = ["[4, 2]: sentence 0 is rows 0 to 2, sentence 1 begins at row 3", "layer.weight [3, 2]", "axis 'i' is 3 in x [1, 3] but 2 in layer.weight [3, 2]."],
        ["02-autograd.cs"] = ["dL/dw by the tape -0.0113, by a difference -0.0113", "step 200: loss 0.0"],
        ["03-attention.cs"] = ["black  score  0.5947  weight 0.5276", "they differ by less than 1e-5: True"],
        ["04-luong.cs"] = ["none: one vector", "bilinear             perplexity  1.0", "backwards: 7 6 5 4 3 2"],
        ["05-self-attention.cs"] = ["q = k = v = x", "residual and norm (304 parameters)", "give shuffled results", "give other results"],
        ["06-transformer.cs"] = ["4 × 20 logits, they differ by less than 1e-5: True"],
        ["07-positions.cs"] = ["rotary                 0", "shaw               1,584"],
        ["08-masked-lm.cs"] = ["step 300: perplexity of a hidden word ", "the [MASK] sleeps here   cat "],
        ["09-gpt.cs"] = ["step 200: 0.", "one potato two potato three"],
        ["10-decoding.cs"] = ["greedy   2 3 ", "beam 4   2 4 5    p = 0.3", "drawn    2 4 5"],
        ["library/01-train.cs"] = ["step 120: loss 0.", "step 120: BLEU 100.0", "The model is in model/.", "stands after step 120"],
        ["library/02-translate.cs"] = ["le chat voit une maison", "mon ami veut la mer", "un chien entend deux oiseaux: log p = -", "stopped", "translated in "],
        ["library/03-score.cs"] = ["BLEU = ", "nrefs:1|case:mixed|eff:no|tok:13a", "chrF2++ = ", "TER = ", "ROUGE"],
        ["library/04-stream.cs"] = ["le chat voit une maison\nun chien veut la mer\n", "| "],
        ["library/05-ensemble.cs"] = ["BLEU = 100.00"],
        ["library/06-loop.cs"] = ["step 250: perplexity 1.", "6 5 4 3 2\n"],
        ["library/07-language-model.cs"] = ["step 150: 0.", " four five\n"],
    };

    [Theory, MemberData(nameof(Names))]
    public async Task A_sample_compiles_without_a_warning_and_says_what_it_should(string name)
    {
        Assert.True(Expected.TryGetValue(name, out var expected), $"Nobody has written down what {name} says.");
        var program = await Compiler.Compile(Checkout.Path("samples", name), folder);
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
            await Ran.Well(Checkout.Root, "", "dotnet", "run", "-c", Checkout.Configuration, Checkout.Path("samples", name));
    }

    [Theory]
    [InlineData("docs/library.md")]
    [InlineData("docs/package.md")]
    [InlineData("README.md")]
    public void Every_piece_of_code_in_a_document_stands_in_a_sample(string document)
    {
        var samples = Names.Select(row => Lines(File.ReadAllText(Checkout.Path("samples", row.Data)))).ToList();
        var blocks = File.ReadAllText(Checkout.Path(document)).Split("```csharp\n")[1..].Select(text => Lines(text[..text.IndexOf("```", StringComparison.Ordinal)])).ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
            Assert.True(samples.Any(sample => block.Split("\n\n").All(paragraph => sample.Contains(paragraph, StringComparison.Ordinal))), $"No sample holds this of {document}, paragraph by paragraph:\n{block}");
    }

    // Indentation is the document's own.
    static string Lines(string text) => string.Join('\n', text.Trim().Split('\n').Select(line => line.Trim()));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

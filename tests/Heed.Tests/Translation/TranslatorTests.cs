using Heed.Tensors;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class TranslatorTests : IDisposable
{
    readonly Corner corner = new();
    readonly TranslationModel model;

    static readonly string[] lines = ["the cat sees a house", "", "a dog", "my friend wants two birds and the sea and a house", "   ", "???",
        "the cat sees a house"];

    public TranslatorTests()
    {
        var recipe = corner.Recipe();
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two);
        Assert.IsType<Finished>(run.Continue().Last());
        model = ModelFolder.Load(run.Folder.Model);
    }

    [Fact]
    public void One_line_in_is_one_line_out_whatever_stands_beside_it()
    {
        using var translator = new Translator(model, Cpu.Two);
        var together = translator.Search(lines);
        Assert.Equal(lines.Length, together.Count);
        Assert.Equal("", together[1].Text);
        for (var i = 0; i < lines.Length; i++)
        {
            var alone = translator.Search([lines[i]])[0];
            Assert.Equal((alone.Text, alone.LogProbability, alone.Score), (together[i].Text, together[i].LogProbability, together[i].Score));
        }
    }

    [Fact]
    public void Budgets_and_threads_change_nothing()
    {
        using var one = new CpuBackend(1);
        using Translator translator = new(model, Cpu.Two), other = new(model, one);
        var expected = translator.Translate(lines);
        Assert.Equal(expected, other.Translate(lines, model.Decoding with { BatchTokens = 1 }));
        Assert.Equal(expected, other.Translate(lines, model.Decoding with { BatchTokens = 30 }));
    }

    [Fact]
    public void A_source_longer_than_can_be_read_is_cut_and_said_to_be()
    {
        using var translator = new Translator(model, Cpu.Two, new() { MaximumLength = 5 });
        var results = translator.Search(["the cat sees a house and the sea", "a dog"]);
        Assert.True(results[0].WasCut);
        Assert.Equal(6, results[0].SourceIds.Length);
        using var limited = new Translator(model, Cpu.Two);
        Assert.True(limited.Search([string.Concat(Enumerable.Repeat("zq ", 200))])[0].WasCut);
    }

    [Fact]
    public void Alignments_are_a_row_of_shares_for_each_target_id()
    {
        using var translator = new Translator(model, Cpu.Two);
        var result = translator.Search(["the cat sees a house"])[0];
        var alignment = translator.Attention(result).Alignment();
        Assert.Equal((result.TargetIds.Length + 1, result.SourceIds.Length), (alignment.GetLength(0), alignment.GetLength(1)));
        for (var t = 0; t < alignment.GetLength(0); t++) Assert.Equal(1, Enumerable.Range(0, alignment.GetLength(1)).Sum(s => alignment[t, s]), 1e-5);
    }

    [Theory]
    [InlineData("decoder.0.feed.second.weight", "Forward, Linear at decoder.0.feed.second: the result [")]
    [InlineData("encoder.0.self_norm.bias", "Forward, LayerNorm at encoder.0.self_norm: the result [")]
    [InlineData("decoder.positions.weight", "Forward, Embed at decoder.positions: the result [")]
    public void A_model_that_holds_NaN_translates_nothing_and_says_where_it_met_it(string parameter, string expected)
    {
        model.Parameters[parameter].Value.Span.Fill(float.NaN);
        model.Parameters.Freeze(Cpu.Two);
        using var translator = new Translator(model, Cpu.Two);
        foreach (var act in (Action[])[() => translator.Translate(lines), () => translator.Sample(lines, new()), () => translator.Translate(lines)])
        {
            var fault = Assert.Throws<NotFiniteNumberException>(act);
            Assert.StartsWith(expected, fault.Message, StringComparison.Ordinal);
            Assert.Contains($"The parameter {parameter} [", fault.Message, StringComparison.Ordinal);
        }
        Assert.Equal("", translator.Translate([""])[0]);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_together()
    {
        using var translator = new Translator(model, Cpu.Two);
        var fault = Assert.Throws<ArgumentException>(() => translator.Translate(["a"], model.Decoding with { Beam = 0, LengthPenalty = -1 })).Message;
        Assert.Contains("beam is 0", fault, StringComparison.Ordinal);
        Assert.Contains("lengthPenalty is -1", fault, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        model.Dispose();
        corner.Dispose();
    }
}

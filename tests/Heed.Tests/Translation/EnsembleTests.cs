using System.Globalization;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Several models that decide each id together.</summary>
public sealed class EnsembleTests : IDisposable
{
    static readonly string[] lines = ["the cat sees a house", "", "a dog", "my friend wants two birds and the sea and a house", "   ", "???", "the old man hears the sea"];

    readonly Ensembles all = new(3);

    static List<string> Spell(IEnumerable<TranslationResult> results)
        => [.. results.Select(result => string.Create(CultureInfo.InvariantCulture, $"{result.Text}: {string.Join(' ', result.TargetIds)} {result.LogProbability:R} {result.Score:R}"))];

    List<string> Search(Backend backend, DecodingOptions? options, params IEnumerable<int> models)
    {
        using var translator = new Translator([.. models.Select(i => all.Models[i])], backend);
        return Spell(translator.Search(lines, options));
    }

    [Fact]
    public void An_ensemble_of_one_is_the_model()
    {
        using Translator one = new(all.Models[0], Cpu.Two), ensemble = new([all.Models[0]], Cpu.Two);
        Assert.Equal(Spell(one.Search(lines)), Spell(ensemble.Search(lines)));
        Assert.Equal(Spell(one.Sample(lines, new())), Spell(ensemble.Sample(lines, new())));
    }

    [Fact]
    public void Models_that_are_alike_translate_as_one_of_them()
    {
        using Translator one = new(all.Models[0], Cpu.Two), twice = new([all.Models[0], all.Models[0]], Cpu.Two), thrice = new([.. Enumerable.Repeat(all.Models[0], 3)], Cpu.Two);
        foreach (var beam in (int[])[1, 4])
        {
            var options = all.Models[0].Decoding with { Beam = beam };
            var expected = one.Search(lines, options);
            foreach (var several in (Translator[])[twice, thrice])
                foreach (var (single, together) in expected.Zip(several.Search(lines, options)))
                {
                    Assert.Equal(single.TargetIds, together.TargetIds);
                    Assert.Equal(single.LogProbability, together.LogProbability, 1e-4);
                }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_order_of_models_threads_and_batches_do_not_show(int beam)
    {
        using var one = new CpuBackend(1);
        var options = all.Models[0].Decoding with { Beam = beam };
        var expected = Search(Cpu.Two, options, 0, 1, 2);
        foreach (var order in (int[][])[[2, 1, 0], [1, 0, 2], [2, 0, 1]]) Assert.Equal(expected, Search(one, options, order));
        Assert.Equal(expected, Search(one, options with { BatchTokens = 1 }, 0, 1, 2));
        Assert.NotEqual(expected, Search(Cpu.Two, options, 0));
        Assert.NotEqual(expected, Search(Cpu.Two, options, 0, 1));
        using var translator = new Translator(all.Models, Cpu.Two);
        for (var i = 0; i < lines.Length; i++) Assert.Equal(expected[i], Spell(translator.Search([lines[i]], options))[0]);
    }

    [Fact]
    public void Draws_follow_the_seed_and_the_line_alone()
    {
        using Translator translator = new(all.Models, Cpu.Two), turned = new([.. all.Models.AsEnumerable().Reverse()], Cpu.Two);
        var expected = Spell(translator.Sample(lines, new() { Seed = 5 }));
        Assert.Equal(expected, Spell(turned.Sample(lines, new() { Seed = 5 }, all.Models[0].Decoding with { BatchTokens = 1 })));
        Assert.Equal(expected[3..4], Spell(translator.Sample(lines[3..4], new() { Seed = 5, FirstNumber = 3 })));
        Assert.NotEqual(expected, Spell(translator.Sample(lines, new() { Seed = 6 })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_reported_log_probability_is_the_logarithm_of_mean_probabilities(int beam)
    {
        using var translator = new Translator(all.Models, Cpu.Two);
        foreach (var result in translator.Search(lines, all.Models[0].Decoding with { Beam = beam }).Where(result => result.SourceIds.Length > 0))
            Assert.Equal(MeanLogProbability(result), result.LogProbability, 1e-4);
        foreach (var result in translator.Sample(lines, new()).Where(result => result.SourceIds.Length > 0))
            Assert.Equal(MeanLogProbability(result), result.LogProbability, 1e-4);
    }

    // Teacher forcing, model by model, in double: Σₜ ln (1/m) Σⱼ pⱼ(yₜ).
    double MeanLogProbability(TranslationResult result)
    {
        int[] target = [all.Models[0].Target.Begin, .. result.TargetIds], next = [.. result.TargetIds, all.Models[0].Target.End];
        var probabilities = new double[next.Length];
        using var workspace = new Workspace(Cpu.Two);
        foreach (var model in all.Models)
        {
            using var pass = Pass.Infer(workspace);
            var logits = model.Model.Forward(pass, Tokens.Of([result.SourceIds]), Tokens.Of([target]));
            var columns = (int)logits.Shape.Columns;
            var values = logits.ToArray();
            for (var t = 0; t < next.Length; t++)
            {
                var row = values.AsSpan(t * columns, columns).ToArray();
                probabilities[t] += Math.Exp(row[next[t]]) / row.Sum(z => Math.Exp(z)) / all.Models.Count;
            }
        }
        return probabilities.Sum(Math.Log);
    }

    [Fact]
    public void A_greedy_ensemble_takes_the_id_of_the_greatest_mean_probability()
    {
        using var translator = new Translator(all.Models, Cpu.Two);
        using var workspace = new Workspace(Cpu.Two);
        var result = translator.Search([lines[0]], all.Models[0].Decoding with { Beam = 1 })[0];
        var before = new List<int> { all.Models[0].Target.Begin };
        foreach (var id in (int[])[.. result.TargetIds, all.Models[0].Target.End])
        {
            var mean = new double[all.Models[0].Target.VocabularySize];
            foreach (var model in all.Models)
            {
                using var pass = Pass.Infer(workspace);
                var row = model.Model.Forward(pass, Tokens.Of([result.SourceIds]), Tokens.Of([before])).ToArray()[^mean.Length..];
                var sum = row.Sum(z => Math.Exp(z));
                for (var v = 0; v < mean.Length; v++) mean[v] += Math.Exp(row[v]) / sum;
            }
            if (before.Count < all.Models[0].Decoding.LengthSurplus) Assert.Equal(Array.IndexOf(mean, mean.Max()), id);
            before.Add(id);
        }
    }

    [Fact]
    public void Models_may_cut_the_source_in_ways_of_their_own()
    {
        using var stranger = all.Stranger(all.Models[0].Target);
        using Translator translator = new([all.Models[0], stranger], Cpu.Two), turned = new([stranger, all.Models[0]], Cpu.Two);
        Assert.NotEqual(stranger.Source.Encode(lines[0]), all.Models[0].Source.Encode(lines[0]));
        var results = translator.Search(lines, all.Models[0].Decoding);
        Assert.Equal(Spell(results), Spell(turned.Search(lines, all.Models[0].Decoding)));
        for (var i = 0; i < lines.Length; i++) Assert.Equal(Spell([results[i]]), Spell(translator.Search([lines[i]], all.Models[0].Decoding)));
    }

    [Fact]
    public void Models_whose_target_ids_mean_different_things_are_refused()
    {
        using var stranger = all.Stranger();
        var fault = Assert.Throws<ArgumentException>(() => new Translator([all.Models[0], all.Models[1], stranger], Cpu.Two)).Message;
        Assert.StartsWith("Models 1 and 3 cannot translate together: of their target vocabularies, one has 290 ids, the other 280.", fault, StringComparison.Ordinal);
        Directory.CreateDirectory(all["stranger"]);
        ModelFolder.Save(all["stranger"], stranger, new ModelCard());
        var message = Assert.Throws<InvalidDataException>(() => Translator.Load([all.Folders[0], all["stranger"]], threads: 1)).Message;
        Assert.Equal($"The models in '{all.Folders[0]}' and '{all["stranger"]}' cannot translate together: of their target vocabularies, one has 290 ids, the other 280. Train them with one tokenizer.", message);
        Assert.Throws<ArgumentException>(() => new Translator([], Cpu.Two));
    }

    [Fact]
    public void A_number_that_is_not_finite_in_one_model_is_found_there_and_hidden_by_none()
    {
        all.Models[1].Parameters["decoder.0.feed.second.weight"].Value.Span.Fill(float.NaN);
        using var translator = new Translator(all.Models, Cpu.Two);
        for (var i = 0; i < 2; i++)
        {
            var fault = Assert.Throws<NotFiniteNumberException>(() => translator.Translate(lines)).Message;
            Assert.StartsWith("Forward, Linear at decoder.0.feed.second: the result [", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Loaded_ensembles_are_those_that_were_built_and_the_first_one_is_shown()
    {
        using Translator loaded = Translator.Load(all.Folders, threads: 2), built = new(all.Models, Cpu.Two);
        var results = loaded.Search(lines);
        Assert.Equal(Spell(built.Search(lines)), Spell(results));
        using var first = new Translator(all.Models[0], Cpu.Two);
        Assert.Equal(first.Align(results[0]).Weights, loaded.Align(results[0]).Weights);
        Assert.Equal(3, loaded.Models.Count);
    }

    public void Dispose() => all.Dispose();
}

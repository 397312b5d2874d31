using Heed.Data;
using Heed.Models;
using Heed.Positions;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>BPE-dropout in training: other pieces in every epoch, the same text, the same batches, the same bits when resumed.</summary>
public sealed class SampledPairsTests : IDisposable
{
    readonly Corner corner = new();

    static Recipe With(Recipe recipe, double dropout) => recipe with { Tokenizer = recipe.Tokenizer with { Dropout = dropout } };

    static (List<int> Source, List<int> Target) Read(IPairs pairs, int pair, int epoch)
    {
        List<int> source = [], target = [];
        pairs.Read(pair, epoch, source, target);
        return (source, target);
    }

    [Fact]
    public void Every_epoch_reads_other_pieces_of_the_same_text_and_reads_them_again_when_asked()
    {
        var recipe = corner.Recipe();
        PreparedData plain = PreparedData.From(recipe), sampled = PreparedData.From(With(recipe, 0.2)), again = PreparedData.From(With(recipe, 0.2));
        var seen = new HashSet<string>();
        var longer = 0;
        for (var pair = 0; pair < plain.Train.Count; pair++)
        {
            var (source, target) = Read(plain.Train, pair, 0);
            Assert.Equal((source.Count, target.Count), (sampled.Train.SourceLength(pair), sampled.Train.TargetLength(pair)));
            for (var epoch = 0; epoch < 5; epoch++)
            {
                var found = Read(sampled.Train, pair, epoch);
                Assert.Equal(plain.Source.Decode([.. source]), plain.Source.Decode([.. found.Source]));
                Assert.Equal(plain.Target.Decode([.. target]), plain.Target.Decode([.. found.Target]));
                Assert.Equal(Read(again.Train, pair, epoch), found, (a, b) => a.Source.SequenceEqual(b.Source) && a.Target.SequenceEqual(b.Target));
                seen.Add(string.Join(' ', found.Source));
                if (found.Source.Count > source.Count) longer++;
            }
        }
        Assert.True(seen.Count > 3 * plain.Train.Count && longer > 3 * plain.Train.Count, $"{seen.Count} of {5 * plain.Train.Count} differ, {longer} are longer.");
    }

    [Fact]
    public void The_same_pairs_meet_in_a_batch_with_and_without_dropout()
    {
        var recipe = corner.Recipe();
        PreparedData plain = PreparedData.From(recipe), sampled = PreparedData.From(With(recipe, 0.3));
        List<string> Texts(PreparedData data) => [.. new Batches(data.Train, recipe.Batches, data.Target.Begin, data.Target.End).From(default)
            .TakeWhile(step => step.After.Epoch < 3).Select(step => data.Source.Decode(step.Batch.Source.Ids.Span))];
        Assert.Equal(Texts(plain), Texts(sampled));
    }

    [Fact]
    public void Seeds_decide_and_the_two_sides_draw_apart()
    {
        var recipe = With(corner.Recipe(), 0.5);
        var text = new ParallelText(["the old man sees the old man"], ["the old man sees the old man"]);
        List<int> Source(ulong seed) => Read(PreparedData.From(recipe with { Batches = recipe.Batches with { Seed = seed } }, text, text).Train, 0, 0).Source;
        Assert.Equal(Source(1), Source(1));
        Assert.NotEqual(Source(1), Source(2));
        var (source, target) = Read(PreparedData.From(recipe, text, text).Train, 0, 0);
        Assert.NotEqual(source, target);
    }

    [Fact]
    public void Pieces_that_the_model_cannot_place_give_way_to_the_plain_ones()
    {
        var recipe = With(corner.Recipe(), 0.9);
        var plain = PreparedData.From(corner.Recipe()).Train;
        var longest = Enumerable.Range(0, plain.Count).Max(pair => Math.Max(plain.SourceLength(pair), plain.TargetLength(pair)));
        var sampled = PreparedData.From(recipe with { Model = (TransformerConfig)recipe.Model with { Positions = new LearnedPositions { Maximum = longest + 1 } } }).Train;
        var unchanged = 0;
        for (var pair = 0; pair < sampled.Count; pair++)
        {
            var (source, target) = Read(sampled, pair, 0);
            Assert.True(source.Count <= longest && target.Count <= longest);
            if (source.SequenceEqual(Read(plain, pair, 0).Source)) unchanged++;
        }
        Assert.InRange(unchanged, 1, sampled.Count);
    }

    [Fact]
    public void A_run_that_was_killed_and_resumed_is_the_run_that_never_stopped()
    {
        var recipe = With(corner.Recipe(), 0.1);
        foreach (var (name, killed) in ((string, int)[])[("straight", int.MaxValue), ("stopped", 9)])
        {
            using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner[name], Cpu.Two);
            foreach (var happened in run.Continue())
                if (happened is Stepped step && step.Report.Number == killed) break;
        }
        using (var run = TrainingRun.Resume(corner["stopped"], Cpu.Two)) Assert.IsType<Finished>(run.Continue().Last());
        foreach (var file in (string[])["metrics.jsonl", Path.Combine("checkpoint-20", "model.safetensors"), Path.Combine("checkpoint-20", "optimizer.safetensors")])
            Assert.Equal(File.ReadAllBytes(Path.Combine(corner["straight"], file)), File.ReadAllBytes(Path.Combine(corner["stopped"], file)));
        var plain = Tokens(corner.Recipe());
        Assert.True(plain < Tokens(recipe), "Dropout makes no more ids.");
    }

    static int Tokens(Recipe recipe)
    {
        var data = PreparedData.From(recipe);
        return new Batches(data.Train, recipe.Batches, data.Target.Begin, data.Target.End).From(default).First().Batch.TargetTokens;
    }

    [Theory]
    [InlineData(-0.1, "tokenizer.dropout is -0.1; it must be at least 0 and below 1.")]
    [InlineData(1, "tokenizer.dropout is 1; it must be at least 0 and below 1.")]
    public void A_rate_that_is_none_is_a_fault(double rate, string fault) => Assert.Contains(fault, With(corner.Recipe(), rate).Faults());

    public void Dispose() => corner.Dispose();
}

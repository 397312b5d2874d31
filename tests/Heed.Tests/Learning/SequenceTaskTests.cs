using Heed.Data;
using Heed.Decoding;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Learning;

/// <summary>Copy, reverse and sort, learned until every unseen sequence comes out exactly.</summary>
public sealed class SequenceTaskTests
{
    const int Symbols = 8, Longest = 6, Unseen = 100;

    [Fact]
    public void Copying_is_learned_to_exact_match() => Learn(source => source, steps: 300);

    [Fact]
    public void Reversing_is_learned_to_exact_match() => Learn(source => [.. source.Reverse()], steps: 600);

    [Fact]
    public void Sorting_is_learned_to_exact_match() => Learn(source => [.. source.Order()], steps: 400);

    static void Learn(Func<int[], int[]> task, int steps)
    {
        var (seen, unseen) = Draw();
        var corpus = new PairCorpus();
        foreach (var source in seen) corpus.Add(source, task(source));
        using var tiny = new Tiny(new TransformerConfig
        {
            SourceVocabulary = 2 + Symbols,
            TargetVocabulary = 2 + Symbols,
            Width = 32,
            Heads = 4,
            EncoderLayers = 2,
            DecoderLayers = 2,
            FeedForward = new ReluFeedForward { Width = 64 },
            Order = NormOrder.Pre,
            Dropout = DropoutRates.None,
        });
        var options = new TrainingOptions { Steps = steps, LabelSmoothing = 0, Schedule = new LinearSchedule { Peak = 6e-3, Warmup = 30 } };
        using (var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, options))
            foreach (var (batch, _) in new Batches(corpus, new BatchOptions { Tokens = 512, Pool = 1000 }, Tiny.Begin, Tiny.End).From(default))
                if (trainer.Step([batch]).Number == steps) break;
        using var workspace = new Workspace(Cpu.Two);
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([.. unseen.Select(source => (int[])[.. source, Tiny.End])]));
        var found = new BeamSearch(new DecodingOptions { Beam = 1 }, Tiny.Begin, Tiny.End).Run(decoding, workspace,
            [.. unseen.Select(_ => Longest + 4)]);
        var wrong = unseen.Where((source, i) => !found[i][0].Ids.SequenceEqual(task(source))).Select(source => string.Join(' ', source)).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {unseen.Count} unseen sequences are wrong, such as {wrong.FirstOrDefault()}.");
    }

    static (List<int[]> Seen, List<int[]> Unseen) Draw()
    {
        var random = new CounterRandom(17, 0);
        var all = new Dictionary<string, int[]>();
        while (all.Count < 4000)
        {
            var sequence = new int[2 + (int)random.Below(Longest - 1)];
            for (var t = 0; t < sequence.Length; t++) sequence[t] = 2 + (int)random.Below(Symbols);
            all.TryAdd(string.Join(' ', sequence), sequence);
        }
        var drawn = all.Values.ToList();
        return (drawn[Unseen..], drawn[..Unseen]);
    }
}

using Heed.Data;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Training;

namespace Heed.Tests.Training;

/// <summary>What a training step may allocate on the managed heap: a budget, not a time.</summary>
public sealed class TrainingAllocationTests
{
    const int Budget = 64 * 1024, WarmUp = 30, Counted = 20;

    [Fact]
    public void A_step_of_4096_target_ids_through_four_and_four_blocks_allocates_at_most_64_KiB_its_batch_included() => Check(Tiny.Config with
    {
        EncoderLayers = 4, DecoderLayers = 4, Width = 8, FeedForward = new ReluFeedForward { Width = 8 },
        Dropout = new() { Embedding = 0.1f, Residual = 0.1f },
    });

    [Fact]
    public void A_step_of_a_recurrent_model_allocates_no_more() => Check(Tiny.Recurrent with { Dropout = new() { Layers = 0.1f } });

    static void Check(TranslatorConfig config)
    {
        using var tiny = new Tiny(config);
        // One thread, so that all that is allocated is counted here.
        using var backend = new Tensors.CpuBackend(1);
        using var trainer = new Trainer(tiny.Model, tiny.Parameters, backend, new TrainingOptions { Steps = WarmUp + Counted });
        var batches = new Batches(Corpus(30_000), new BatchOptions { Tokens = 4096 }, Tiny.Begin, Tiny.End);
        long before = 0, steps = 0;
        foreach (var (batch, _) in batches.From(default))
        {
            trainer.Step([batch]);
            batches.Recycle(batch);
            if (++steps == WarmUp) before = GC.GetAllocatedBytesForCurrentThread();
            if (steps == WarmUp + Counted) break;
        }
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Counted;
        Assert.True(each <= Budget, $"A step allocates {each} bytes of managed heap, more than its budget of {Budget}.");
        Assert.True(each > 0, "Nothing was counted.");
    }

    // Lengths as in captions: some fourteen ids.
    static PairCorpus Corpus(int pairs)
    {
        var random = new CounterRandom(9, 2);
        var corpus = new PairCorpus();
        int[] Draw() => [.. Enumerable.Range(0, 6 + (int)random.Below(16)).Select(_ => 2 + (int)random.Below(17))];
        for (var i = 0; i < pairs; i++) corpus.Add(Draw(), Draw());
        return corpus;
    }
}

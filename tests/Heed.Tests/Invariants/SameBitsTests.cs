using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Invariants;

/// <summary>The result for a sequence depends on that sequence alone, to the last bit.</summary>
public sealed class SameBitsTests
{
    static readonly int[] sourceLengths = [4, 1, 9, 17, 2, 33, 6], targetLengths = [3, 8, 1, 21, 5, 2, 40];

    static TransformerConfig Dropping
        => Tiny.Config with { Dropout = new DropoutRates { Embedding = 0.1f, Attention = 0.1f, Activation = 0.1f, Residual = 0.1f } };

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_nothing(int threads)
    {
        using CpuBackend one = new(1), many = new(threads);
        var batch = Tiny.Batch(seed: 8, sourceLengths, targetLengths);
        using Tiny left = new(Dropping), right = new(Dropping);
        Near.SameBits(Logits(left, one, batch), Logits(right, many, batch), "logits");
        Near.SameBits(Slopes(left, one, batch), Slopes(right, many, batch), "gradients");
        var options = new TrainingOptions { Steps = 6, Schedule = new ConstantSchedule { Peak = 1e-2 } };
        Assert.Equal(left.Train(one, options, batch), right.Train(many, options, batch));
        Near.SameBits(left.Parameters.Flat.Span, right.Parameters.Flat.Span, "trained weights");
        Assert.Equal(Translations(left, one, 3), Translations(right, many, 3));
    }

    [Fact]
    public void A_sequence_alone_is_the_sequence_in_any_batch()
    {
        var (sources, targets) = (Tiny.Sequences(1, 19, sourceLengths), Tiny.Sequences(2, 19, targetLengths));
        using var tiny = new Tiny();
        using var workspace = new Workspace(Cpu.Two);
        var alone = sources.Select((source, i) => tiny.Logits(workspace, Tokens.Of([source]), Tokens.Of([targets[i]]))).ToArray();
        int[][] orders = [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 3, 0], [5, 1]];
        foreach (var order in orders)
        {
            var together = tiny.Logits(workspace, Tokens.Of([.. order.Select(i => sources[i])]), Tokens.Of([.. order.Select(i => targets[i])]));
            Near.SameBits([.. order.SelectMany(i => alone[i])], together, "batch " + string.Join(" ", order));
        }
    }

    [Fact]
    public void Translations_alone_are_the_translations_of_any_batch()
    {
        using var tiny = new Tiny();
        var sources = Tiny.Sequences(5, 19, sourceLengths);
        using var workspace = new Workspace(Cpu.Two);
        var alone = sources.Select(source => Search(tiny, workspace, 4, [source])[0]).ToArray();
        int[][] orders = [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 3, 0], [5, 1]];
        foreach (var order in orders)
            Assert.Equal(order.Select(i => alone[i]), Search(tiny, workspace, 4, [.. order.Select(i => sources[i])]));
    }

    [Fact]
    public void Cached_is_recomputed()
    {
        using var tiny = new Tiny();
        using var workspace = new Workspace(Cpu.Two);
        var (sources, targets) = (Tiny.Sequences(3, 19, sourceLengths), Tiny.Sequences(4, 19, targetLengths));
        for (var i = 0; i < sources.Length; i++)
            Near.SameBits(tiny.Logits(workspace, Tokens.Of([sources[i]]), Tokens.Of([targets[i]])),
                tiny.LogitsStepByStep(workspace, sources[i], targets[i]), $"sequence {i}");
    }

    [Fact]
    public void Packed_weights_are_the_weights()
    {
        using Tiny plain = new(), packed = new();
        packed.Parameters.Freeze(Cpu.Two);
        var batch = Tiny.Batch(seed: 2, sourceLengths, targetLengths);
        Near.SameBits(Logits(plain, Cpu.Two, batch), Logits(packed, Cpu.Two, batch), "logits");
        Assert.Equal(Translations(plain, Cpu.Two, 3), Translations(packed, Cpu.Two, 3));
    }

    // Without positions an encoder sees a bag: its rows come out in the order they went in. Sums over keys run in another order, so not bit for bit.
    [Fact]
    public void Permuted_rows_give_the_permuted_result_without_positions()
    {
        using var tiny = new Tiny(Tiny.Config with { Positions = new NoPositions() });
        using var workspace = new Workspace(Cpu.Two);
        var source = Tiny.Sequences(6, 19, 12)[0];
        int[] order = [7, 2, 9, 0, 11, 4, 1, 10, 3, 8, 5, 6];
        float[] straight, turned;
        using (var pass = Pass.Infer(workspace)) straight = tiny.Transformer.Encode(pass, Tokens.Of([source])).Values.ToArray();
        using (var pass = Pass.Infer(workspace)) turned = tiny.Transformer.Encode(pass, Tokens.Of([[.. order.Select(i => source[i])]])).Values.ToArray();
        Near.Values([.. order.SelectMany(i => straight.AsSpan(i * 20, 20).ToArray())], turned, "rows");
    }

    [Fact]
    public void Positions_break_that_symmetry()
    {
        using var tiny = new Tiny();
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        var rows = tiny.Transformer.Encode(pass, Tokens.Of([[5, 5]])).Values.ToArray();
        Assert.NotEqual(rows[..20], rows[20..]);
    }

    // Σ over two half batches of the same weight is the batch; the order of additions differs, so not bit for bit.
    [Fact]
    public void Two_half_batches_make_the_step_of_the_whole()
    {
        var (sources, targets) = (Tiny.Sequences(1, 19, sourceLengths), Tiny.Sequences(2, 19, targetLengths));
        using Tiny whole = new(), halves = new();
        var options = new TrainingOptions { Steps = 1, Optimizer = new Sgd(), Schedule = new ConstantSchedule { Peak = 0.5 } };
        using (var trainer = new Trainer(whole.Model, whole.Parameters, Cpu.Two, options)) trainer.Step([Tiny.Batch(sources, targets)]);
        using (var trainer = new Trainer(halves.Model, halves.Parameters, Cpu.Two, options))
            trainer.Step([Tiny.Batch(sources[..3], targets[..3]), Tiny.Batch(sources[3..], targets[3..])]);
        Near.Within(1e-6, whole.Parameters.Flat.Span, halves.Parameters.Flat.Span, "weights");
    }

    static float[] Logits(Tiny tiny, Backend backend, PairBatch batch)
    {
        using var workspace = new Workspace(backend);
        return tiny.Logits(workspace, batch.Source, batch.Target);
    }

    static float[] Slopes(Tiny tiny, Backend backend, PairBatch batch)
    {
        using var workspace = new Workspace(backend);
        return tiny.Slopes(workspace, batch);
    }

    static string[] Translations(Tiny tiny, Backend backend, int beam)
    {
        using var workspace = new Workspace(backend);
        return Search(tiny, workspace, beam, Tiny.Sequences(5, 19, sourceLengths));
    }

    internal static string[] Search(Tiny tiny, Workspace workspace, int beam, int[][] sources)
    {
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([.. sources]));
        var limits = Array.ConvertAll(sources, source => source.Length + 6);
        var found = new BeamSearch(new DecodingOptions { Beam = beam }, Tiny.Begin, Tiny.End).Run(decoding, workspace, limits);
        return [.. found.Select(best => string.Join(" | ", best.Select(hypothesis => FormattableString.Invariant($"{string.Join(' ', hypothesis.Ids)}: {hypothesis.LogProbability:R} {hypothesis.Score:R}"))))];
    }
}

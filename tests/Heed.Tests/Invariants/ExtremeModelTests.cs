using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Invariants;

/// <summary>Models at the ends of what numbers and batches there are.</summary>
public sealed class ExtremeModelTests : IDisposable
{
    static readonly PairBatch batch = Tiny.Batch(seed: 8, [3, 5, 1, 0], [2, 6, 0, 1]);

    readonly Workspace workspace = new(Cpu.Two);

    [Fact]
    public void A_million_rows_go_through_an_encoder_and_each_sequence_has_the_bits_it_has_alone()
    {
        using var tiny = new Tiny(Tiny.Config with { Width = 8, EncoderLayers = 1, FeedForward = new ReluFeedForward { Width = 11 } });
        var random = new Kernels.CounterRandom(9, 9);
        var sequences = new List<int[]>();
        for (var rows = 0; rows < 1_000_000; rows += sequences[^1].Length)
            sequences.Add([.. Enumerable.Range(0, sequences.Count % 10).Select(_ => (int)random.Below(19))]);
        float[] Encode(params IReadOnlyList<int[]> some)
        {
            using var pass = Pass.Infer(workspace);
            return tiny.Transformer.Encode(pass, Tokens.Of([.. some])).Values.ToArray();
        }
        var all = Encode(sequences);
        var starts = new Segments([.. sequences.Select(sequence => sequence.Length)]);
        Assert.True(starts.Rows >= 1_000_000);
        foreach (var i in (int[])[0, 1, 9, 119, 131_072, sequences.Count - 1])
            Near.SameBits(Encode(sequences[i]), all.AsSpan(starts.Start(i) * 8, sequences[i].Length * 8), $"sequence {i}");
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e12f)]
    public void Logits_of_great_size_train_and_translate(float size)
    {
        using var tiny = new Tiny(Tiny.Config with { Tying = Tying.None });
        foreach (ref var weight in tiny.Parameters["output.weight"].Value.Span) weight *= size;
        var logits = tiny.Logits(workspace, batch.Source, batch.Target);
        Assert.True(logits.Max(MathF.Abs) > size, $"The greatest logit is {logits.Max(MathF.Abs)}.");
        var report = tiny.Train(Cpu.Two, new TrainingOptions { Steps = 1, Schedule = new ConstantSchedule { Peak = 1e-3 } }, batch)[0];
        Assert.True(report.Entropy > size / 10 && double.IsFinite(report.GradientNorm), $"{report}");
        Assert.DoesNotContain(tiny.Parameters.Flat.Span.ToArray(), value => !float.IsFinite(value));
        Assert.All(SameBitsTests.Search(tiny, workspace, 3, Tiny.Sequences(5, 19, 4, 1)), line => Assert.DoesNotContain("NaN", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_that_are_denormal_predict_nothing_and_train()
    {
        using var tiny = new Tiny();
        foreach (ref var weight in tiny.Parameters.Flat.Span) weight *= 1e-40f;
        var report = tiny.Train(Cpu.Two, new TrainingOptions { Steps = 2, Schedule = new ConstantSchedule { Peak = 1e-3 } }, batch)[0];
        Assert.Equal(Math.Log(19), report.Entropy, 1e-5);
        Assert.DoesNotContain(tiny.Parameters.Flat.Span.ToArray(), value => !float.IsFinite(value));
    }

    [Fact]
    public void A_source_without_ids_and_a_target_without_ids_have_a_loss_gradients_and_a_translation()
    {
        using var tiny = new Tiny();
        var nothing = new PairBatch(Tokens.Of([[], [3]]), Tokens.Of([[Tiny.Begin], []]), (int[])[Tiny.End]);
        Assert.All(tiny.Slopes(workspace, nothing), slope => Assert.True(float.IsFinite(slope)));
        Assert.Equal(2, SameBitsTests.Search(tiny, workspace, 2, [[], [3]]).Length);
        Assert.Empty(tiny.Logits(workspace, Tokens.Of(), Tokens.Of()));
    }

    public void Dispose() => workspace.Dispose();
}

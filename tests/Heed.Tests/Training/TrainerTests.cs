using Heed.Models;
using Heed.Training;

namespace Heed.Tests.Training;

public sealed class TrainerTests
{
    static readonly PairBatch batch = Tiny.Batch(seed: 8, [3, 5], [2, 6]);

    [Theory]
    [InlineData("decoder.0.feed.first.bias", float.NaN, "Forward, Linear at decoder.0.feed.first: the result [10, 36] is NaN at [0, 3]. The parameter decoder.0.feed.first.bias [36] is NaN at [3].")]
    [InlineData("encoder.1.self_norm.weight", float.PositiveInfinity, "Forward, LayerNorm at encoder.1.self_norm: the result [10, 20] is")]
    [InlineData("decoder.1.cross.value.weight", 3e38f, "Forward, Linear at decoder.1.cross.value: the result [10, 20] is")]
    [InlineData("decoder.1.cross.query.bias", 1e38f, "Every gradient is finite, but the norm of all is not; that of ")]
    [InlineData("decoder.0.self.value.bias", 2e38f, "Forward, Attend at decoder.0.self: the result [10, 20] is")]
    public void A_number_that_is_not_finite_moves_nothing_and_its_operation_and_place_are_named(string parameter, float value, string expected)
    {
        using var tiny = new Tiny(Tiny.Config with { Dropout = new() });
        tiny.Parameters[parameter].Value.Slice(3, 4).Span.Fill(value);
        var before = tiny.Parameters.Flat.Span.ToArray();
        using var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, new TrainingOptions());
        var fault = Assert.Throws<NotFiniteNumberException>(() => { trainer.Step([batch]); });
        Assert.StartsWith("Step 1: " + expected, fault.Message, StringComparison.Ordinal);
        Assert.False(double.IsFinite(fault.OffendingNumber));
        Near.SameBits(before, tiny.Parameters.Flat.Span, "parameters");
        Assert.Equal(0, trainer.Number);
    }

    [Fact]
    public void Clipping_bounds_the_step_and_leaves_its_direction()
    {
        using Tiny clipped = new(), free = new();
        var start = clipped.Parameters.Flat.Span.ToArray();
        var options = new TrainingOptions { Optimizer = new Sgd(), Schedule = new ConstantSchedule { Peak = 1 }, ClipNorm = 0.25 };
        var norm = Step(clipped, options).GradientNorm;
        Assert.Equal(norm, Step(free, options with { ClipNorm = 0 }).GradientNorm);
        Assert.True(norm > 0.5, $"A gradient of norm {norm} tests no clipping.");
        double[] Moved(Tiny tiny) => [.. tiny.Parameters.Flat.Span.ToArray().Select((value, i) => (double)value - start[i])];
        double[] bounded = Moved(clipped), whole = Moved(free);
        Assert.Equal(0.25, Math.Sqrt(bounded.Sum(move => move * move)), 1e-4);
        for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i] * 0.25 / norm, bounded[i], 1e-5);
    }

    [Fact]
    public void The_loss_of_a_step_is_the_mean_over_its_target_ids()
    {
        using var tiny = new Tiny();
        using var workspace = new Tensors.Workspace(Cpu.Two);
        double expected;
        using (var pass = Tensors.Pass.Infer(workspace))
            expected = -tiny.Model.Loss(pass, batch, new Tensors.LossOptions()).LogProbabilitySum / batch.TargetTokens;
        var report = Step(tiny, new TrainingOptions { LabelSmoothing = 0 });
        Assert.Equal(expected, report.Entropy, 12);
        Assert.Equal(report.Entropy, report.Loss, 1e-6);
        Assert.Equal(batch.TargetTokens, report.TargetTokens);
    }

    [Fact]
    public void A_cancelled_step_moves_nothing_and_can_be_done_again()
    {
        using Tiny stopped = new(), straight = new();
        var start = stopped.Parameters.Flat.Span.ToArray();
        using var trainer = new Trainer(stopped.Model, stopped.Parameters, Cpu.Two, new TrainingOptions());
        using var stop = new CancellationTokenSource();
        // The token is looked at before each batch: it is set while the first one is computed.
        var asked = new AsksWhen(batch, batch, at => { if (at == 0) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => { trainer.Step(asked, stop.Token); });
        Near.SameBits(start, stopped.Parameters.Flat.Span, "parameters");
        Assert.Equal(0, trainer.Number);
        var again = trainer.Step([batch, batch]);
        using var other = new Trainer(straight.Model, straight.Parameters, Cpu.Two, new TrainingOptions());
        Assert.Equal(other.Step([batch, batch]), again);
        Near.SameBits(straight.Parameters.Flat.Span, stopped.Parameters.Flat.Span, "parameters");
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_before_the_first_step()
    {
        using var tiny = new Tiny();
        var fault = Assert.Throws<ArgumentException>(() => new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, new TrainingOptions { Steps = 0, ClipNorm = -1 })).Message;
        Assert.Contains("steps is 0", fault, StringComparison.Ordinal);
        Assert.Contains("clipNorm is -1", fault, StringComparison.Ordinal);
        using (var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, new TrainingOptions())) Assert.Throws<ArgumentException>(() => { trainer.Step([]); });
        tiny.Parameters.Freeze(Cpu.Two);
        Assert.Contains("packed for inference", Assert.Throws<InvalidOperationException>(() => new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, new TrainingOptions())).Message, StringComparison.Ordinal);
        using var empty = new Tensors.ParameterSet();
        var untrained = new Transformer(empty.Root, Tiny.Config);
        Assert.Throws<InvalidOperationException>(() => new Trainer(untrained, empty, Cpu.Two, new TrainingOptions()));
    }

    [Fact]
    public void What_is_dropped_differs_from_step_to_step_and_follows_from_the_seed()
    {
        var options = new TrainingOptions { Steps = 2, Schedule = new ConstantSchedule { Peak = 1e-30 }, Optimizer = new Sgd() };
        double[] Losses(ulong seed)
        {
            using var tiny = new Tiny(Tiny.Config with { Dropout = new() { Residual = 0.3f } });
            return [.. tiny.Train(Cpu.Two, options with { Seed = seed }, batch).Select(report => report.Loss)];
        }
        var losses = Losses(1);
        Assert.NotEqual(losses[0], losses[1]);
        Assert.Equal(losses, Losses(1));
        Assert.NotEqual(losses, Losses(2));
    }

    [Fact]
    public void After_the_first_steps_no_pass_asks_the_system_for_memory()
    {
        using var tiny = new Tiny(Tiny.Config with { Dropout = new() });
        using var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, new TrainingOptions());
        for (var step = 0; step < 3; step++) trainer.Step([batch]);
        var held = trainer.Workspace.BytesHeld;
        for (var step = 0; step < 5; step++) trainer.Step([batch]);
        Assert.Equal(held, trainer.Workspace.BytesHeld);
    }

    static StepReport Step(Tiny tiny, TrainingOptions options)
    {
        using var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, options);
        return trainer.Step([batch]);
    }

    /// <summary>Two batches, and somebody who is told each time one is taken out by its place.</summary>
    sealed class AsksWhen(PairBatch first, PairBatch second, Action<int> taken) : IReadOnlyList<PairBatch>
    {
        public PairBatch this[int index]
        {
            get
            {
                taken(index);
                return index == 0 ? first : second;
            }
        }

        public int Count => 2;

        public IEnumerator<PairBatch> GetEnumerator() => ((IEnumerable<PairBatch>)[first, second]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

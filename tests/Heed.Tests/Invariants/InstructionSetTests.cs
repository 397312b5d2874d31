using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Tests.Support;
using Heed.Training;

namespace Heed.Tests.Invariants;

/// <summary>Logits, gradients, trained weights and translations have the same bits with vectors of 512 bits, of 256, of 128, or with none.</summary>
public sealed class InstructionSetTests
{
    // Between them the models use every kind of norm, position, feed-forward and cell there is, and both kernels of attention.
    static readonly (string Name, TranslatorConfig Config)[] models =
    [
        ("sinusoidal", Tiny.Config with { Dropout = new() { Attention = 0.1f, Activation = 0.1f } }),
        ("gated", Tiny.Config with
        {
            Norm = new RmsNorm(), FeedForward = new SwiGluFeedForward { Width = 30 }, Positions = new Positions.LearnedPositions { Maximum = 24 },
        }),
        ("gru", Tiny.Recurrent with { Dropout = new() { Layers = 0.1f } }),
        ("lstm", Tiny.Recurrent with { Cell = new Recurrent.LstmCell(), InputFeeding = true, Score = new Attention.BilinearScore() }),
        ("windows", Tiny.Recurrent with { Encoder = new ConvolutionEncoder { Width = 20, Layers = 2 } }),
        ("rotary", Tiny.Config with { Positions = new Positions.RotaryPositions { Scaling = new Positions.YarnScaling() } }),
        ("alibi", Tiny.Config with { Positions = new Positions.AlibiPositions() }),
        ("deep", Tiny.Config with { Order = NormOrder.Deep, FeedForward = new GeluTanhFeedForward { Width = 30 }, Attention = new() { KeyHeads = 1, HeadWidth = 7 } }),
        ("t5", Tiny.Config with { Positions = new Positions.T5Positions() }),
        ("shaw", Tiny.Config with { Positions = new Positions.ShawPositions { Clip = 3 }, Dropout = new() { Attention = 0.1f } }),
        ("post-norm", Tiny.Config with { Order = NormOrder.Post, FeedForward = new ReluFeedForward { Width = 17 }, Dropout = new() }),
    ];

    // Also what the child processes run: they tell what they got.
    [Fact]
    public void Computed_twice_the_bits_are_the_same()
    {
        var bits = Bits(threads: 1);
        Assert.Equal(bits, Bits(threads: 2));
        OtherInstructions.Tell(Width);
        foreach (var line in bits) OtherInstructions.Tell(line);
    }

    [Theory]
    [MemberData(nameof(OtherInstructions.Switches), MemberType = typeof(OtherInstructions))]
    public async Task A_process_without_an_instruction_set_has_the_same_bits(string switchedOff)
    {
        var told = await OtherInstructions.Run(switchedOff, $"{typeof(InstructionSetTests).FullName}.{nameof(Computed_twice_the_bits_are_the_same)}");
        // A switch without effect would prove nothing.
        if (Vector512.IsHardwareAccelerated) Assert.NotEqual(Width, told[0]);
        Assert.Equal(Bits(threads: 1), told[1..]);
    }

    static string Width => Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : Vector128.IsHardwareAccelerated ? "128" : "none";

    static List<string> Bits(int threads)
    {
        using var backend = new CpuBackend(threads);
        using var workspace = new Workspace(backend);
        var batch = Tiny.Batch(seed: 6, [3, 18, 1, 7], [5, 2, 19, 4]);
        var lines = new List<string>();
        foreach (var (name, config) in models)
        {
            using var tiny = new Tiny(config);
            lines.Add($"{name} logits {Hash(tiny.Logits(workspace, batch.Source, batch.Target))}");
            lines.Add($"{name} gradients {Hash(tiny.Slopes(workspace, batch))}");
            tiny.Train(backend, new TrainingOptions { Steps = 4, Schedule = new ConstantSchedule { Peak = 1e-2 } }, batch);
            lines.Add($"{name} trained weights {Hash(tiny.Parameters.Flat.Span)}");
            lines.AddRange(SameBitsTests.Search(tiny, workspace, 3, Tiny.Sequences(5, 19, 4, 9)).Select(line => $"{name} {line}"));
        }
        return lines;
    }

    static string Hash(ReadOnlySpan<float> numbers) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(numbers)));
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Heed.Layers;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Invariants;

/// <summary>A model trained with 512-bit vectors has the bits of one trained with 256, with 128, or with none.</summary>
public sealed class InstructionSetTests
{
    const string AnswerFile = "HEED_TEST_ANSWER_FILE";

    // Also what the child processes run: they write down what they got.
    [Fact]
    public void Training_twice_gives_the_same_bits()
    {
        var bits = TrainedBits();
        Assert.Equal(bits, TrainedBits());
        if (Environment.GetEnvironmentVariable(AnswerFile) is { Length: > 0 } file) File.WriteAllText(file, bits);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task A_process_without_an_instruction_set_trains_the_same_bits(string switchedOff)
    {
        var answer = Path.GetTempFileName();
        try
        {
            // The muxer beside the runtime that runs this test.
            var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
            var start = new ProcessStartInfo(dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var word in (string[])[typeof(InstructionSetTests).Assembly.Location, "-method", $"{typeof(InstructionSetTests).FullName}.{nameof(Training_twice_gives_the_same_bits)}"])
                start.ArgumentList.Add(word);
            start.Environment[switchedOff] = "0";
            start.Environment[AnswerFile] = answer;
            using var child = Process.Start(start)!;
            var errors = child.StandardError.ReadToEndAsync();
            var output = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, $"The child ended with {child.ExitCode}:\n{output}\n{await errors}");
            Assert.Equal(TrainedBits(), File.ReadAllText(answer));
        }
        finally
        {
            File.Delete(answer);
        }
    }

    static string TrainedBits()
    {
        using var backend = new CpuBackend(1);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Between them the two models use every kind of norm, position and feed-forward there is.
        using (var first = new Tiny(Tiny.Config with { Dropout = new() { Attention = 0.1f, Activation = 0.1f } })) Train(first);
        using (var second = new Tiny(Tiny.Config with { Norm = new RmsNorm(), FeedForward = new SwiGluFeedForward { Width = 30 }, Positions = new Positions.LearnedPositions { Maximum = 24 } })) Train(second);
        using (var third = new Tiny(Tiny.Config with { Order = NormOrder.Post, FeedForward = new ReluFeedForward { Width = 17 } })) Train(third);
        return Convert.ToHexString(hash.GetHashAndReset());

        void Train(Tiny tiny)
        {
            tiny.Train(backend, new TrainingOptions { Steps = 4, Schedule = new ConstantSchedule { Peak = 1e-2 } }, Tiny.Batch(seed: 6, [3, 18, 1, 7], [5, 2, 19, 4]));
            hash.AppendData(MemoryMarshal.AsBytes(tiny.Parameters.Flat.Span));
            using var workspace = new Workspace(backend);
            foreach (var line in SameBitsTests.Search(tiny, workspace, 3, Tiny.Sequences(5, 19, 4, 9))) hash.AppendData(System.Text.Encoding.UTF8.GetBytes(line));
        }
    }
}

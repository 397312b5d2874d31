using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Tests.Invariants;

/// <summary>What a search may take from the managed heap for each id it decodes once it is under way.</summary>
public sealed class DecodingAllocationTests : IDisposable
{
    // The step's pass, and now and then a table of twice the length: a few hundred bytes however many layers and ids there are.
    const long BytesAnId = 320;
    const int Length = 70, Warmup = 10;

    // A recurrent one has in addition a few small objects a layer for each step of all sentences together.
    const long BytesARecurrentStep = 1600;

    readonly Tiny tiny = new(Tiny.Config with { EncoderLayers = 1, DecoderLayers = 6 }), recurrent = new(Tiny.Recurrent with { InputFeeding = true });
    readonly Workspace workspace = new(Cpu.Two);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 8)]
    [InlineData(4, 8)]
    public void An_id_allocates_next_to_nothing(int beam, int sentences)
    {
        var steps = Steps(tiny, beam, sentences);
        var perId = steps.Average() / sentences;
        Assert.True(perId <= BytesAnId, $"{perId} bytes an id with a beam of {beam} and {sentences} sentences; each step: {string.Join(' ', steps)}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    public void A_step_of_a_recurrent_model_allocates_little(int beam, int sentences)
    {
        var steps = Steps(recurrent, beam, sentences);
        var perStep = steps.Average() - sentences * BytesAnId;
        Assert.True(perStep <= BytesARecurrentStep, $"{perStep} bytes a step with a beam of {beam} and {sentences} sentences; each step: {string.Join(' ', steps)}");
    }

    List<long> Steps(Tiny tiny, int beam, int sentences)
    {
        tiny.Parameters.Freeze(Cpu.Two);
        // The first search is the warm-up: buffers, pools and the compiler's own.
        Search(tiny, beam, sentences);
        var allocated = Search(tiny, beam, sentences);
        var steps = allocated.Zip(allocated.Skip(1), (before, after) => after - before).Skip(Warmup).ToList();
        Assert.Equal(Length - 1 - Warmup, steps.Count);
        return steps;
    }

    List<long> Search(Tiny tiny, int beam, int sentences)
    {
        int[] lengths = [.. Enumerable.Repeat(6, sentences)];
        using var decoding = new Watched(tiny.Model.Begin(workspace, Tokens.Of([.. Tiny.Sequences(5, 19, lengths)])));
        var options = new DecodingOptions { Beam = beam, MinimumLength = Length - 1 };
        new BeamSearch(options, Tiny.Begin, Tiny.End).Run(decoding, workspace, [.. lengths.Select(_ => Length)], TestContext.Current.CancellationToken);
        return decoding.Allocated;
    }

    public void Dispose()
    {
        workspace.Dispose();
        tiny.Dispose();
        recurrent.Dispose();
    }

    /// <summary>Notes at each step what this thread has allocated so far.</summary>
    sealed class Watched(IDecoding decoding) : IDecoding
    {
        public List<long> Allocated { get; } = new(2 * Length);

        public int Count => decoding.Count;

        public Tensor Next(Pass pass, int[] last)
        {
            Allocated.Add(GC.GetAllocatedBytesForCurrentThread());
            return decoding.Next(pass, last);
        }

        public void Reorder(ReadOnlySpan<int> parents) => decoding.Reorder(parents);

        public void Dispose() => decoding.Dispose();
    }
}

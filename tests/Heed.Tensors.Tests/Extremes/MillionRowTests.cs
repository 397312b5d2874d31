using System.Runtime.InteropServices;
using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>A million rows in hundreds of thousands of sequences, through norms, products, attention and back: each has the bits it has alone.</summary>
public sealed class MillionRowTests : IDisposable
{
    const int Rows = 1_000_000, Width = 7;

    readonly CpuBackend backend = new(2);
    readonly Workspace workspace;
    readonly ParameterSet set = new();
    readonly Parameter gain, query, key, value, output;

    public MillionRowTests()
    {
        workspace = new Workspace(backend);
        gain = set.Root.Parameter("gain", [Width], Init.One);
        (query, key) = (set.Root.Parameter("query", [6, Width], Init.Xavier()), set.Root.Parameter("key", [6, Width], Init.Xavier()));
        (value, output) = (set.Root.Parameter("value", [10, Width], Init.Xavier()), set.Root.Parameter("output", [Width, 10], Init.Xavier()));
        set.Initialise(5);
    }

    [Fact]
    public void Every_sequence_has_the_bits_it_has_alone_forward_and_backward()
    {
        // Lengths 0, 1, … 7, 0, 1, …: 285,715 sequences, the last one cut.
        var lengths = new List<int>();
        for (var rows = 0; rows < Rows; rows += lengths[^1]) lengths.Add(Math.Min(lengths.Count % 8, Rows - rows));
        var random = new CounterRandom(3, 3);
        var numbers = new float[Rows * Width];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = 2 * random.NextSingle() - 1;

        var (results, gradients) = Run(numbers, [.. lengths]);
        var segments = new Segments(CollectionsMarshal.AsSpan(lengths));
        foreach (var sequence in (int[])[0, 1, 7, 8, 77, 131_071, 131_075, lengths.Count - 2, lengths.Count - 1])
        {
            var own = (segments.Start(sequence) * Width)..((segments.Start(sequence) + segments.Length(sequence)) * Width);
            var (result, gradient) = Run(numbers[own], [segments.Length(sequence)]);
            Assert.Equal(Bits(result), Bits(results[own]));
            Assert.Equal(Bits(gradient), Bits(gradients[own]));
        }
        Assert.Equal(Rows * Width, results.Length);
    }

    (float[] Results, float[] Gradients) Run(float[] numbers, int[] lengths)
    {
        var segments = new Segments(lengths);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(numbers, [segments.Rows, Width]);
        var h = Ops.LayerNorm(x, gain, null, 1e-5f);
        var heads = Ops.Attend(Ops.Linear(h, query), Ops.Linear(h, key), Ops.Linear<Gelu>(h, value), segments.Against(segments),
            new(new(2, 2, 3, 5, 0.6f), 0, "heads"), default(CausalMask), default(NoBias));
        var y = Ops.Residual(x, Ops.Linear(heads, output), 0);
        var result = y.ToArray();
        var d = pass.Backward([(y, [.. Enumerable.Repeat(0.5f, result.Length)])], null, x);
        return (result, d.Of(x).Span.ToArray());
    }

    static uint[] Bits(float[] numbers) => Array.ConvertAll(numbers, BitConverter.SingleToUInt32Bits);

    public void Dispose()
    {
        set.Dispose();
        workspace.Dispose();
        backend.Dispose();
    }
}

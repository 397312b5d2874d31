using Heed.Convolution;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Tests.Convolution;

/// <summary>How far a stack of windows sees: with each layer as many rows more as a window has beside its own.</summary>
public sealed class ReceptiveFieldTests
{
    const int Width = 12, Length = 60, Changed = 30;

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(4, 3, true)]
    [InlineData(3, 5, false)]
    [InlineData(5, 4, true)]
    [InlineData(6, 1, true)]
    public void A_row_reaches_layers_times_what_a_window_has_beside_it_and_not_a_row_further(int layers, int window, bool gated)
    {
        using var parameters = new ParameterSet();
        WindowLayer[] stack = [.. Enumerable.Range(0, layers).Select(i => new WindowLayer(parameters.Root / i, new() { Width = Width, Window = window, Gated = gated }))];
        parameters.Initialise(5);
        float[] before = Run(stack, changed: false), after = Run(stack, changed: true);
        int[] moved = [.. Enumerable.Range(0, Length).Where(row => !before.AsSpan(row * Width, Width).SequenceEqual(after.AsSpan(row * Width, Width)))];
        // A row is read by those behind it whose window begins at or before it, and by those before it whose window reaches it.
        Assert.Equal(Enumerable.Range(Changed - layers * ((window - 1) / 2), layers * (window - 1) + 1), moved);
    }

    static float[] Run(WindowLayer[] stack, bool changed)
    {
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        var x = pass.New([Length, Width]);
        var random = new CounterRandom(3, 3);
        foreach (ref var value in x.Data.Span) value = random.NextNormal();
        if (changed) foreach (ref var value in x.Data.Slice(Changed * Width, Width).Span) value += 1;
        return stack.Aggregate(new Rows(x, Segments.One(Length)), (rows, layer) => layer.Forward(rows)).Values.ToArray();
    }
}

using Heed.Models;
using Heed.Tensors;
using Heed.Tests.Support;

namespace Heed.Tests.Invariants;

/// <summary>Any Transformer on any batch: what a sequence gets and what it gives back depends on it alone, to the last bit.</summary>
public sealed class ModelPropertyTests : IDisposable
{
    static readonly CpuBackend One = new(1), Two = new(2), Five = new(5);

    readonly Workspace one = new(One), two = new(Two), five = new(Five);

    [Fact]
    public void Logits_alone_in_any_batch_on_any_threads_cached_and_packed_have_the_same_bits() => Each(40, (draw, tiny) =>
    {
        var (sources, targets) = (draw.Sources, draw.Targets);
        var alone = sources.Select((source, i) => tiny.Logits(one, Tokens.Of([source]), Tokens.Of([targets[i]]))).ToArray();
        for (var i = 0; i < sources.Length; i++) Near.SameBits(alone[i], tiny.LogitsStepByStep(two, sources[i], targets[i]), $"cached sequence {i}");
        foreach (var frozen in (bool[])[false, true])
        {
            if (frozen) tiny.Parameters.Freeze(Two);
            foreach (var order in Orders(sources.Length))
                foreach (var workspace in (Workspace[])[one, two, five])
                {
                    var batch = draw.Batch(order);
                    Near.SameBits([.. order.SelectMany(i => alone[i])], tiny.Logits(workspace, batch.Source, batch.Target),
                        $"{(frozen ? "packed, " : "")}batch {string.Join(" ", order)} on {((CpuBackend)workspace.Backend).Threads} threads");
                }
        }
    });

    [Fact]
    public void Gradients_of_a_batch_have_the_same_bits_on_any_threads() => Each(40, (draw, tiny) =>
    {
        var batch = draw.Batch([.. Enumerable.Range(0, draw.Lengths.Length)]);
        var expected = tiny.Slopes(one, batch);
        Near.SameBits(expected, tiny.Slopes(two, batch), "gradients on two threads");
        Near.SameBits(expected, tiny.Slopes(five, batch), "gradients on five threads");
    });

    [Fact]
    public void The_gradients_of_a_sequences_own_rows_have_the_same_bits_alone_and_in_any_batch() => Each(40, (draw, tiny) =>
    {
        var alone = draw.Lengths.Select((_, i) => RowGradients(draw, tiny, [i])).ToArray();
        foreach (var order in Orders(draw.Lengths.Length))
            Near.SameBits([.. order.SelectMany(i => alone[i])], RowGradients(draw, tiny, order), "rows of the batch " + string.Join(" ", order));
    }, draw => draw with { Config = draw.Config with { Dropout = Heed.Layers.DropoutRates.None } });

    // No id stands twice, so the gradient of its embedding is that of the row it became.
    float[] RowGradients(ModelDraw draw, Tiny tiny, int[] order)
    {
        using var gradients = new Gradients(tiny.Parameters);
        using (var pass = Pass.Differentiate(two))
            pass.Backward(tiny.Model.Loss(pass, draw.Batch(order), new LossOptions { LabelSmoothing = 0.1f, Weight = 0.1f }).Loss, gradients);
        float[] Rows(string table, int[] ids)
        {
            var all = gradients.Of(tiny.Parameters[table]);
            return [.. ids.SelectMany(id => all.Slice((nint)id * draw.Config.Width, draw.Config.Width).Span.ToArray())];
        }
        var (sources, targets) = (draw.Sources, draw.Targets);
        return [.. order.SelectMany(i => (float[])[.. Rows("encoder.embedding.weight", sources[i]), .. Rows("decoder.embedding.weight", targets[i])])];
    }

    static IEnumerable<int[]> Orders(int count)
    {
        var all = Enumerable.Range(0, count).ToArray();
        return [all, [.. all.Reverse()], [.. all.Where(i => i % 2 == count % 2)]];
    }

    static void Each(int count, Action<ModelDraw, Tiny> holds, Func<ModelDraw, ModelDraw>? changed = null)
        => Drawn.Each(count, ModelDraw.Any, ModelDraw.Smaller, draw =>
        {
            draw = changed?.Invoke(draw) ?? draw;
            using var tiny = new Tiny(draw.Config);
            holds(draw, tiny);
        });

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
        five.Dispose();
    }
}

using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Tests.Masks;

public sealed class MaskTests : IDisposable
{
    const int Rows = 21, Width = 12;

    readonly ParameterSet parameters = new();
    readonly MultiHeadAttention attention;
    readonly Workspace workspace = new(Cpu.Two);

    public MaskTests()
    {
        attention = new(parameters.Root, new BlockConfig { Width = Width, Heads = 3, Dropout = DropoutRates.None });
        parameters.Initialise(3);
    }

    float[] Attend(float[] x, Mask mask)
    {
        using var pass = Pass.Infer(workspace);
        var rows = new Heed.Tensors.Rows(pass.From(x, [x.Length / Width, Width]), Segments.One(x.Length / Width));
        return attention.Forward(rows, rows, mask, KeyValues.None).ToArray();
    }

    static float[] Draw()
    {
        var random = new CounterRandom(4, 4);
        var x = new float[Rows * Width];
        for (var i = 0; i < x.Length; i++) x[i] = random.NextNormal();
        return x;
    }

    [Fact]
    public void What_comes_later_changes_nothing_before_it_under_a_causal_mask()
    {
        var x = Draw();
        var before = Attend(x, Mask.Causal);
        for (var changed = 1; changed < Rows; changed++)
        {
            var other = (float[])x.Clone();
            other.AsSpan(changed * Width).Fill(7);
            Near.SameBits(before.AsSpan(0, changed * Width), Attend(other, Mask.Causal).AsSpan(0, changed * Width), $"rows before {changed}");
        }
    }

    [Fact]
    public void A_causal_mask_is_every_prefix_alone()
    {
        var x = Draw();
        var masked = Attend(x, Mask.Causal);
        for (var length = 1; length <= Rows; length++)
            Near.SameBits(Attend(x[..(length * Width)], Mask.Full).AsSpan((length - 1) * Width), masked.AsSpan((length - 1) * Width, Width), $"row {length - 1}");
    }

    [Fact]
    public void Both_masks_see_what_both_see()
    {
        var x = Draw();
        var causal = Attend(x, Mask.Causal);
        foreach (var mask in (Mask[])[Mask.Causal & Mask.Full, Mask.Full & Mask.Causal, Mask.Causal & Mask.Causal]) Near.SameBits(causal, Attend(x, mask), mask.ToString());
        Assert.NotEqual(causal, Attend(x, Mask.Full));
    }

    public void Dispose()
    {
        workspace.Dispose();
        parameters.Dispose();
    }
}

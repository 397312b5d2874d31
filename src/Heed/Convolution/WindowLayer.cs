using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Convolution;

/// <summary>The shape of a layer over windows of words.</summary>
public sealed record WindowLayerConfig
{
    /// <summary>d, the width of a row, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>k, how many rows a window has, at least 1; of an even number one more stands before the row than behind it.</summary>
    public int Window { get; init; } = 3;

    /// <summary>Whether a gate weighs what a window gives, instead of a ReLU.</summary>
    public bool Gated { get; init; } = true;
}

/// <summary>
/// y = (A ⊙ σ(B) + x)·√½ with A = W[xₜ₋ₐ; …; xₜ₊ᵦ] + b and B likewise: a gated convolution (Dauphin et al. 2017) in its residual (Gehring et al. 2017, §3.1);
/// y = (max(0, A) + x)·√½ without the gate.
/// </summary>
/// <param name="p">where its names stand</param>
/// <param name="c">sizes</param>
public sealed class WindowLayer(Scope p, WindowLayerConfig c)
{
    readonly Linear value = new(p / "value", c.Window * c.Width, c.Width);
    readonly Linear? gate = c.Gated ? new(p / "gate", c.Window * c.Width, c.Width) : null;

    /// <param name="x">[n, d]</param>
    /// <returns>[n, d]</returns>
    public Rows Forward(Rows x)
    {
        var windows = Ops.Windows(x, c.Window / 2, (c.Window - 1) / 2);
        var made = gate is null ? value.Forward<Relu>(windows) : Ops.Gate<Sigmoid>(gate.Forward(windows), value.Forward(windows));
        // √½ keeps the variance of a sum of two rows that know nothing of each other.
        return x.With(Ops.Scale(Ops.Add(x.Values, made), MathF.Sqrt(0.5f)));
    }
}

using Heed.Kernels;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>MultiHead(Q,K,V) = Concat(head₁…headₕ)Wᴼ, headᵢ = softmax(QᵢKᵢᵀ/√k)Vᵢ. Vaswani et al. 2017, §3.2.</summary>
/// <param name="p">where its names stand</param>
/// <param name="c">the block it is part of</param>
/// <param name="positions">the positions of the stack it is part of, which act in self-attention only; nothing in cross-attention</param>
public sealed class MultiHeadAttention(Scope p, BlockConfig c, IPositions? positions = null)
{
    readonly Linear query = new(p / "query", c.Width, c.Width), key = new(p / "key", c.Width, c.Width),
        value = new(p / "value", c.Width, c.Width), output = new(p / "output", c.Width, c.Width, init: Init.Xavier(c.EndGain));

    readonly IAttentionPositions positions = (positions ?? new NoPositions()).InLayer(p / "positions");

    readonly AttendOptions options = new(
        new AttentionSizes(c.Heads, c.Heads, c.Width / c.Heads, c.Width / c.Heads, 1 / MathF.Sqrt(c.Width / c.Heads)), c.Dropout.Attention, p.Path);

    /// <param name="x">[n, d] rows that ask</param>
    /// <param name="source">[m, d] rows that answer; x itself for self-attention</param>
    /// <param name="mask">which keys a query sees</param>
    /// <param name="memory">where keys and values of earlier calls are; <see cref="KeyValues.None"/> when there are none</param>
    /// <returns>[n, d]</returns>
    public Tensor Forward(Rows x, Rows source, Mask mask, KeyValues memory)
    {
        var q = positions.Turn(query.Forward(x.Values), x.Places);
        var (k, v, pairs, keyRows) = memory.Resolve(x, source, this);
        var rows = new AttentionRows(q, k, v, pairs, options) { KeyRows = keyRows, Structure = x.Places.Structure };
        return output.Forward(mask.Use(new Attend(rows, positions)));
    }

    /// <summary>K = sourceWᴷ, turned by positions that turn, and V = sourceWⱽ: what a memory keeps.</summary>
    /// <param name="source">[m, d]</param>
    public (Tensor Keys, Tensor Values) Project(Rows source)
        => (positions.Turn(key.Forward(source.Values), source.Places), value.Forward(source.Values));

    readonly struct Attend(AttentionRows rows, IAttentionPositions positions) : IMaskUser
    {
        public Tensor With<TMask>(TMask mask) where TMask : struct, IMask => positions.Attend(rows, mask);
    }
}

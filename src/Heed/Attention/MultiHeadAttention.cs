using Heed.Kernels;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>MultiHead(Q,K,V) = Concat(head₁…headₕ)Wᴼ, headᵢ = softmax(QᵢKᵢᵀ/√k)Vᵢ. Vaswani et al. 2017, §3.2.</summary>
/// <param name="p">where its names stand</param>
/// <param name="c">the block it is part of</param>
/// <param name="positions">the positions of the stack it is part of, which act in self-attention only; nothing in cross-attention</param>
/// <param name="from">the width of the rows that answer; d when nothing is said</param>
public sealed class MultiHeadAttention(Scope p, BlockConfig c, IPositions? positions = null, int? from = null)
{
    readonly Linear? query = Input(p / "query", c, c.Width, c.Heads), key = Input(p / "key", c, from ?? c.Width, c.KeyHeads),
        value = Input(p / "value", c, from ?? c.Width, c.KeyHeads, c.InnerGain),
        output = c.Attention.Projections == Projections.All ? new(p / "output", c.Heads * c.HeadWidth, c.Width, init: Init.Xavier(c.EndGain)) : null;

    readonly IAttentionPositions positions = (positions ?? new NoPositions()).InLayer(p / "positions");

    readonly AttendOptions options = new(new AttentionSizes(c.Heads, c.KeyHeads, c.HeadWidth, c.HeadWidth, c.Scale), c.Dropout.Attention, p.Path);

    /// <param name="x">[n, d] rows that ask</param>
    /// <param name="source">[m, d] rows that answer; x itself for self-attention</param>
    /// <param name="mask">which keys a query sees</param>
    /// <param name="memory">where keys and values of earlier calls are; <see cref="KeyValues.None"/> when there are none</param>
    /// <returns>[n, d]</returns>
    public Tensor Forward(Rows x, Rows source, Mask mask, KeyValues memory)
    {
        var q = positions.Turn(Through(query, x.Values), x.Places);
        var (k, v, pairs, keyRows) = memory.Resolve(x, source, this);
        var rows = new AttentionRows(q, k, v, pairs, options) { KeyRows = keyRows, Structure = x.Places.Structure };
        return Through(output, mask.Use<Attend, Tensor>(new(rows, positions)));
    }

    /// <summary>K = sourceWᴷ, turned by positions that turn, and V = sourceWⱽ: what a memory keeps.</summary>
    /// <param name="source">[m, d]</param>
    public (Tensor Keys, Tensor Values) Project(Rows source)
        => (positions.Turn(Through(key, source.Values), source.Places), Through(value, source.Values));

    static Linear? Input(Scope p, BlockConfig c, int from, int heads, float gain = 1)
        => c.Attention.Projections == Projections.None ? null : new(p, from, heads * c.HeadWidth, init: Init.Xavier(gain));

    // Where there is no matrix rows go on as they are.
    static Tensor Through(Linear? layer, Tensor x) => layer is null ? x : layer.Forward(x);

    readonly struct Attend(AttentionRows rows, IAttentionPositions positions) : IMaskUser<Tensor>
    {
        public Tensor With<TMask>(TMask mask) where TMask : struct, IMask => positions.Attend(rows, mask);
    }
}

using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>score(q, k) = v·tanh(Wq + Uk + b). Bahdanau, Cho and Bengio 2015, §3.1 and App. A.1.2.</summary>
public sealed record AdditiveScore : Score
{
    /// <summary>How many units there are under the tanh, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => new UnderTanh(p, (queryWidth, keyWidth), Width, bias: true);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth) => Sized("width", Width, UnderTanh.MostUnits);

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => UnderTanh.Products(Width, queries, keys, looks);
}

/// <summary>score(q, k) = v·tanh(W[q; k]). Luong, Pham and Manning 2015, eq. 8 (concat).</summary>
/// <remarks>W's two halves are stored apart: W[q; k] = W₁q + W₂k, so the source's part is computed once.</remarks>
public sealed record ConcatScore : Score
{
    /// <summary>How many units there are under the tanh, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => new UnderTanh(p, (queryWidth, keyWidth), Width, bias: false);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth) => Sized("width", Width, UnderTanh.MostUnits);

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => UnderTanh.Products(Width, queries, keys, looks);
}

/// <summary>v·tanh(Wq + Uk + b)</summary>
sealed class UnderTanh(Scope p, (int Query, int Key) widths, int units, bool bias) : IScore
{
    internal const int MostUnits = 1 << 20;

    readonly Linear query = new(p / "query", widths.Query, units, bias), key = new(p / "key", widths.Key, units, bias: false);
    readonly Parameter vector = p.Parameter("vector", [units], Init.Normal(MathF.Sqrt(1f / units)));

    public int Width => widths.Key;

    public static double Products(int units, (double Count, double Width) queries, (double Count, double Width) keys, double looks)
        => units * (queries.Count * queries.Width + keys.Count * keys.Width) + looks * (units + keys.Width);

    public Tensor Keys(Tensor source) => key.Forward(source);

    public Tensor Attend(Tensor queries, Tensor keys, Tensor source, SegmentPair[] pairs)
        => Ops.AttendAdditive(query.Forward(queries), keys, vector, source, pairs, p.Path);
}

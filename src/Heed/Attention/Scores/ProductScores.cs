using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>score(q, k) = q·k. Luong, Pham and Manning 2015, eq. 8.</summary>
public sealed record DotScore : Score
{
    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => new Product(p.Path, (queryWidth, keyWidth), 1);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth) => Alike("dot", queryWidth, keyWidth);

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => looks * (queries.Width + keys.Width);

    internal static IEnumerable<string> Alike(string kind, int queryWidth, int keyWidth) => queryWidth == keyWidth ? []
        : [$"kind is {kind}, but the decoder asks with {queryWidth} numbers and a row of the source has {keyWidth}; make them alike, or take bilinear or additive."];
}

/// <summary>score(q, k) = q·k/√d. Vaswani et al. 2017, eq. 1.</summary>
public sealed record ScaledDotScore : Score
{
    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => new Product(p.Path, (queryWidth, keyWidth), 1 / MathF.Sqrt(queryWidth));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth) => DotScore.Alike("scaledDot", queryWidth, keyWidth);

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => looks * (queries.Width + keys.Width);
}

/// <summary>score(q, k) = qᵀWk, the multiplicative score. Luong, Pham and Manning 2015, eq. 8 (general).</summary>
public sealed record BilinearScore : Score
{
    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth)
        => new Product(p.Path, (queryWidth, keyWidth), 1) { Key = new Linear(p / "key", keyWidth, queryWidth, bias: false) };

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks)
        => keys.Count * keys.Width * queries.Width + looks * (queries.Width + keys.Width);
}

/// <summary>score(q, k) = (Uq)·(Vk), U and V of r rows each: a bilinear score whose W = UᵀV has rank r.</summary>
public sealed record ReducedBilinearScore : Score
{
    /// <summary>r, at least 1 and no more than either side is wide.</summary>
    public int Rank { get; init; } = 64;

    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => new Product(p.Path, (Rank, keyWidth), 1)
    {
        Query = new Linear(p / "query", queryWidth, Rank, bias: false),
        Key = new Linear(p / "key", keyWidth, Rank, bias: false),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth) => Rank < 1 ? [$"rank is {Rank}; it must be at least 1."]
        : Rank > Math.Min(queryWidth, keyWidth)
        ? [$"rank is {Rank}, above the width {Math.Min(queryWidth, keyWidth)} of what is compared; a matrix has no such rank. Take at most that, or bilinear."] : [];

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks)
        => Rank * (queries.Count * queries.Width + keys.Count * keys.Width) + looks * (Rank + keys.Width);
}

/// <summary>score(q, k) = scale·(Uq)·(Vk), either matrix left out where it is the identity.</summary>
sealed class Product(string path, (int Compared, int Key) widths, float scale) : IScore
{
    readonly AttendOptions options = new(new AttentionSizes(1, 1, widths.Compared, widths.Key, scale), 0, path);

    public Linear? Query { get; init; }

    public Linear? Key { get; init; }

    public int Width => widths.Key;

    public Tensor Keys(Tensor source) => Key?.Forward(source) ?? source;

    public Tensor Attend(Tensor queries, Tensor keys, Tensor source, SegmentPair[] pairs)
        => Ops.Attend(Query?.Forward(queries) ?? queries, keys, source, pairs, options, default(FullMask), default(NoBias));
}

using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>How well a query goes with a key of the source, in a decoder that asks with one vector a step; each kind is its own JSON and builds its own behaviour.</summary>
/// <remarks>The answer is c = Σⱼ softmaxⱼ(score(q, kⱼ)) kⱼ, an average of the source's rows: kinds differ in the weights.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoScore), "none")]
[JsonDerivedType(typeof(UniformScore), "uniform")]
[JsonDerivedType(typeof(FixedScore), "fixed")]
[JsonDerivedType(typeof(DotScore), "dot")]
[JsonDerivedType(typeof(ScaledDotScore), "scaledDot")]
[JsonDerivedType(typeof(BilinearScore), "bilinear")]
[JsonDerivedType(typeof(ReducedBilinearScore), "reducedBilinear")]
[JsonDerivedType(typeof(AdditiveScore), "additive")]
[JsonDerivedType(typeof(ConcatScore), "concat")]
public abstract record Score
{
    /// <summary>Makes the attention of queries to a source.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="queryWidth">the width of a query</param>
    /// <param name="keyWidth">the width of a row of the source</param>
    public abstract IScore Build(Scope p, int queryWidth, int keyWidth);

    /// <summary>All that is wrong for queries and sources of these widths: key, value, remedy.</summary>
    /// <param name="queryWidth">the width of a query</param>
    /// <param name="keyWidth">the width of a row of the source</param>
    public virtual IEnumerable<string> Faults(int queryWidth, int keyWidth) => [];

    /// <summary>Multiply-adds of its products.</summary>
    /// <param name="queries">how many queries ask, and how wide they are</param>
    /// <param name="keys">how many rows the source has, and how wide they are</param>
    /// <param name="looks">Σ queries·keys over the sequences</param>
    internal abstract double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks);

    /// <summary>A fault unless a width is at least 1 and not absurd.</summary>
    private protected static IEnumerable<string> Sized(string key, int width, int most)
        => width >= 1 && width <= most ? [] : [$"{key} is {width}; it must be at least 1 and at most {most}."];
}

/// <summary>The attention of a decoder's queries to its source, as part of a model.</summary>
public interface IScore
{
    /// <summary>The width of an answer: that of the source's rows, or nothing where nobody looks.</summary>
    int Width { get; }

    /// <summary>The source's rows as queries are compared with them, the same for every query.</summary>
    /// <param name="source">[m, d]</param>
    /// <returns>[m, …]</returns>
    Tensor Keys(Tensor source);

    /// <summary>Σⱼ softmaxⱼ(score(qᵢ, kⱼ)) sourceⱼ.</summary>
    /// <param name="queries">[n, q]</param>
    /// <param name="keys">[m, …] as <see cref="Keys"/> made them</param>
    /// <param name="source">[m, d]</param>
    /// <param name="pairs">which queries look at which rows; Past is a query's place in its own sequence</param>
    /// <returns>[n, d]</returns>
    Tensor Attend(Tensor queries, Tensor keys, Tensor source, SegmentPair[] pairs);
}

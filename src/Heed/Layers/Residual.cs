using System.Text.Json.Serialization;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>Where the norm of a sublayer stands, and what the sublayer is added to.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NormOrder>))]
public enum NormOrder
{
    /// <summary>x + f(norm(x)). Xiong et al. 2020.</summary>
    Pre,

    /// <summary>norm(x + f(x)). Vaswani et al. 2017.</summary>
    Post,

    /// <summary>x + norm₂(f(norm₁(x))). Ding et al. 2021, "CogView", §3.3.</summary>
    Sandwich,

    /// <summary>norm(α·x + f(x)), α growing with depth while β makes first weights smaller: DeepNorm. Wang et al. 2022, "DeepNet".</summary>
    Deep,

    /// <summary>x + Σ f(norm(x)): all sublayers of a block side by side, with one norm. Wang and Komatsuzaki 2021, GPT-J.</summary>
    Parallel,

    /// <summary>norm(f(x)): nothing is passed by the sublayer. What He et al. 2016 brought, left out.</summary>
    NoResidual,
}

/// <summary>The connection around a sublayer f. Where the norm stands is a table of equations, and this is the table.</summary>
/// <param name="p">where the norm's names stand</param>
/// <param name="c">the block it is part of</param>
public sealed class Residual(Scope p, BlockConfig c)
{
    readonly INorm norm = c.Norm.Build(p, c.Width);
    readonly INorm? after = c.Order == NormOrder.Sandwich ? c.Norm.Build(p / "after", c.Width) : null;
    readonly float rate = c.Dropout.Residual;

    /// <param name="x">[n, d]</param>
    /// <param name="first">[n, d] what the block began with, which sublayers side by side read; x itself around the first</param>
    /// <param name="sublayer">what f is a function of besides the rows: handed to it, so that a call of f captures nothing and allocates nothing</param>
    /// <param name="f">the sublayer, [n, d] to [n, d]</param>
    /// <returns>[n, d]</returns>
    public Tensor Around<TSublayer>(Tensor x, Tensor first, TSublayer sublayer, Func<TSublayer, Tensor, Tensor> f) => c.Order switch
    {
        NormOrder.Pre => Ops.Residual(x, f(sublayer, norm.Forward(x)), rate),
        NormOrder.Post => norm.Forward(Ops.Residual(x, f(sublayer, x), rate)),
        NormOrder.Sandwich => Ops.Residual(x, after!.Forward(f(sublayer, norm.Forward(x))), rate),
        NormOrder.Deep => norm.Forward(Ops.Residual(Ops.Scale(x, c.ResidualGain), f(sublayer, x), rate)),
        NormOrder.Parallel => Ops.Residual(x, f(sublayer, norm.Forward(first)), rate),
        NormOrder.NoResidual => norm.Forward(Ops.Dropout(f(sublayer, x), rate)),
        _ => throw new InvalidOperationException($"There is no norm order {c.Order}."),
    };

    /// <summary>The connection around the next sublayer of the same block: this one where they share a norm, otherwise one of its own.</summary>
    /// <param name="next">where the next norm's names stand</param>
    public Residual Next(Scope next) => c.Order == NormOrder.Parallel ? this : new(next, c);
}

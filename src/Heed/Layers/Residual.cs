using System.Text.Json.Serialization;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>Where the norm of a sublayer stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NormOrder>))]
public enum NormOrder
{
    /// <summary>x + f(norm(x)). Xiong et al. 2020.</summary>
    Pre,

    /// <summary>norm(x + f(x)). Vaswani et al. 2017.</summary>
    Post,
}

/// <summary>The connection around a sublayer f. Where the norm stands is a table of equations, and this is the table.</summary>
/// <param name="p">where the norm's names stand</param>
/// <param name="c">the block it is part of</param>
public sealed class Residual(Scope p, BlockConfig c)
{
    readonly INorm norm = c.Norm.Build(p, c.Width);
    readonly float rate = c.Dropout.Residual;

    /// <param name="x">[n, d]</param>
    /// <param name="sublayer">what f is a function of besides the rows: handed to it, so that a call of f captures nothing and allocates nothing</param>
    /// <param name="f">the sublayer, [n, d] to [n, d]</param>
    /// <returns>[n, d]</returns>
    public Tensor Around<TSublayer>(Tensor x, TSublayer sublayer, Func<TSublayer, Tensor, Tensor> f) => c.Order switch
    {
        NormOrder.Pre => Ops.Residual(x, f(sublayer, norm.Forward(x)), rate),
        NormOrder.Post => norm.Forward(Ops.Residual(x, f(sublayer, x), rate)),
        _ => throw new InvalidOperationException($"There is no norm order {c.Order}."),
    };
}

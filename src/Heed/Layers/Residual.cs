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
    /// <param name="f">the sublayer, [n, d] to [n, d]</param>
    /// <returns>[n, d]</returns>
    public Tensor Around(Tensor x, Func<Tensor, Tensor> f) => c.Order switch
    {
        NormOrder.Pre => Ops.Residual(x, f(norm.Forward(x)), rate),
        NormOrder.Post => norm.Forward(Ops.Residual(x, f(x), rate)),
        _ => throw new InvalidOperationException($"There is no norm order {c.Order}."),
    };
}

using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>y = xWᵀ + b</summary>
/// <param name="p">where its names stand</param>
/// <param name="from">i, the width of x</param>
/// <param name="to">o, the width of y</param>
/// <param name="bias">whether b is there</param>
/// <param name="init">what W holds at first; Xavier when nothing is said. b starts at zero.</param>
public sealed class Linear(Scope p, int from, int to, bool bias = true, Init? init = null)
{
    readonly Parameter weight = p.Parameter("weight", [to, from], init ?? Init.Xavier());
    readonly Parameter? offset = bias ? p.Parameter("bias", [to], Init.Zero) : null;

    /// <param name="x">[n, i]</param>
    /// <returns>[n, o]</returns>
    public Tensor Forward(Tensor x) => Ops.Linear(x, weight, offset);

    /// <summary>F(xWᵀ + b)</summary>
    /// <param name="x">[n, i]</param>
    /// <returns>[n, o]</returns>
    public Tensor Forward<F>(Tensor x) where F : struct, IFunction => Ops.Linear<F>(x, weight, offset);
}

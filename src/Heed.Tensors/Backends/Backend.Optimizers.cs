using Heed.Kernels;

namespace Heed.Tensors;

public abstract partial class Backend
{
    /// <summary>m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g², θ −= η·m̂/(√v̂ + ε). Kingma and Ba 2014; decoupled decay: Loshchilov and Hutter 2017; the greatest v: Reddi et al. 2018.</summary>
    public virtual void Adam(in Descent d, Floats mean, Floats square, Floats greatest, in AdamOptions o)
    {
        for (nint i = 0; i < d.Parameters.Length; i++)
        {
            double x = d.Parameters[i], g = d.Gradient(i) + (o.Decoupled ? 0 : o.WeightDecay * x);
            if (o.Decoupled) x *= 1 - o.Rate * o.WeightDecay;
            mean[i] = (float)(o.Beta1 * mean[i] + (1 - o.Beta1) * g);
            square[i] = (float)(o.Beta2 * square[i] + (1 - o.Beta2) * g * g);
            if (!greatest.IsEmpty) greatest[i] = Math.Max(greatest[i], square[i]);
            var second = (greatest.IsEmpty ? square[i] : greatest[i]) / (1 - Math.Pow(o.Beta2, d.Step));
            d.Parameters[i] = (float)(x - o.Rate * mean[i] / (1 - Math.Pow(o.Beta1, d.Step)) / (Math.Sqrt(second) + o.Epsilon));
        }
    }

    /// <summary>u = μu + (1−δ)g, θ −= η·u, or η·(g + μu) after Nesterov. Sutskever et al. 2013. Without momentum the velocity is empty.</summary>
    public virtual void Sgd(in Descent d, Floats velocity, in SgdOptions o)
    {
        for (nint i = 0; i < d.Parameters.Length; i++)
        {
            var g = d.Gradient(i) + o.WeightDecay * d.Parameters[i];
            if (o.Momentum != 0)
            {
                velocity[i] = (float)(d.Step == 1 ? g : o.Momentum * velocity[i] + (1 - o.Dampening) * g);
                g = o.Nesterov ? g + o.Momentum * velocity[i] : velocity[i];
            }
            d.Parameters[i] = (float)(d.Parameters[i] - o.Rate * g);
        }
    }

    /// <summary>s = s + g², θ −= η·g/(√s + ε). Duchi, Hazan and Singer 2011.</summary>
    public virtual void AdaGrad(in Descent d, Floats sum, in AdaGradOptions o)
    {
        var rate = o.Rate / (1 + (d.Step - 1) * o.RateDecay);
        for (nint i = 0; i < d.Parameters.Length; i++)
        {
            var g = d.Gradient(i) + o.WeightDecay * d.Parameters[i];
            sum[i] = (float)(sum[i] + g * g);
            d.Parameters[i] = (float)(d.Parameters[i] - rate * g / (Math.Sqrt(sum[i]) + o.Epsilon));
        }
    }

    /// <summary>v = αv + (1−α)g², u = μu + g/(√v + ε), θ −= η·u. Tieleman and Hinton 2012. Without momentum the velocity is empty.</summary>
    public virtual void RmsProp(in Descent d, Floats square, Floats velocity, in RmsPropOptions o)
    {
        for (nint i = 0; i < d.Parameters.Length; i++)
        {
            var g = d.Gradient(i) + o.WeightDecay * d.Parameters[i];
            square[i] = (float)(o.Alpha * square[i] + (1 - o.Alpha) * g * g);
            var move = g / (Math.Sqrt(square[i]) + o.Epsilon);
            if (o.Momentum != 0) move = velocity[i] = (float)(o.Momentum * velocity[i] + move);
            d.Parameters[i] = (float)(d.Parameters[i] - o.Rate * move);
        }
    }
}

/// <summary>One step downhill over flat parameters.</summary>
/// <param name="Parameters">θ, changed in place</param>
/// <param name="Gradients">dL/dθ</param>
/// <param name="GradientFactor">what gradients are multiplied with first: the clipping factor</param>
/// <param name="Step">t, from 1</param>
public readonly record struct Descent(Floats Parameters, Floats Gradients, float GradientFactor, int Step)
{
    internal double Gradient(nint index) => (double)GradientFactor * Gradients[index];
}

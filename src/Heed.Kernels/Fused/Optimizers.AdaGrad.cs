using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Optimizers
{
    /// <summary>s += g², θ −= η/(1 + (t−1)λ) · g / (√s + ε). Duchi, Hazan and Singer 2011.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="gradients">g.</param>
    /// <param name="sum">s; begins at zero or at any other value.</param>
    /// <param name="options">The constants.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="gradientFactor">What the gradient is multiplied by.</param>
    public static void AdaGrad(
        Workers workers, Floats parameters, Floats gradients, Floats sum, in AdaGradOptions options, long step, float gradientFactor = 1)
    {
        Check(parameters, gradients, step);
        Lengths.Equal(parameters, sum, nameof(parameters), nameof(sum));
        var work = new AdaGradWork(parameters.Start, gradients.Start, sum.Start)
        {
            GradientFactor = gradientFactor,
            Decay = (float)options.WeightDecay,
            Epsilon = (float)options.Epsilon,
            Rate = (float)(options.Rate / (1 + (step - 1) * options.RateDecay)),
        };
        Vectors.Split(workers, parameters.Length, work);
    }

    readonly struct AdaGradWork(float* parameters, float* gradients, float* sums) : IVectorWork
    {
        public float GradientFactor { get; init; }

        public float Decay { get; init; }

        public float Epsilon { get; init; }

        public float Rate { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var parameter = extent.Load(parameters + at);
            var gradient = extent.Load(gradients + at) * Vector512.Create(GradientFactor);
            gradient = Vector512.FusedMultiplyAdd(parameter, Vector512.Create(Decay), gradient);
            var sum = Vector512.FusedMultiplyAdd(gradient, gradient, extent.Load(sums + at));
            extent.Store(sums + at, sum);
            var scaled = gradient / (Vector512.Sqrt(sum) + Vector512.Create(Epsilon));
            extent.Store(parameters + at, Vector512.FusedMultiplyAdd(scaled, Vector512.Create(-Rate), parameter));
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Optimizers
{
    /// <summary>v = αv + (1−α)g², d = g / (√v + ε); u = μu + d, θ −= η u; without momentum θ −= η d. Tieleman and Hinton 2012.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="gradients">g.</param>
    /// <param name="square">v.</param>
    /// <param name="velocity">u; empty without momentum.</param>
    /// <param name="options">The constants.</param>
    /// <param name="gradientFactor">What the gradient is multiplied by.</param>
    public static void RmsProp(
        Workers workers, Floats parameters, Floats gradients, Floats square, Floats velocity, in RmsPropOptions options, float gradientFactor = 1)
    {
        Check(parameters, gradients, step: 1);
        Lengths.Equal(parameters, square, nameof(parameters), nameof(square));
        if (options.Momentum != 0) Lengths.Equal(parameters, velocity, nameof(parameters), nameof(velocity));
        var work = new RmsPropWork(parameters.Start, gradients.Start, square.Start, options.Momentum == 0 ? null : velocity.Start)
        {
            GradientFactor = gradientFactor,
            Decay = (float)options.WeightDecay,
            Alpha = (float)options.Alpha,
            Rest = (float)(1 - options.Alpha),
            Epsilon = (float)options.Epsilon,
            Momentum = (float)options.Momentum,
            Rate = (float)options.Rate,
        };
        Vectors.Split(workers, parameters.Length, work);
    }

    readonly struct RmsPropWork(float* parameters, float* gradients, float* squares, float* velocity) : IVectorWork
    {
        public float GradientFactor { get; init; }

        public float Decay { get; init; }

        public float Alpha { get; init; }

        public float Rest { get; init; }

        public float Epsilon { get; init; }

        public float Momentum { get; init; }

        public float Rate { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var parameter = extent.Load(parameters + at);
            var gradient = extent.Load(gradients + at) * Vector512.Create(GradientFactor);
            gradient = Vector512.FusedMultiplyAdd(parameter, Vector512.Create(Decay), gradient);
            var square = extent.Load(squares + at) * Vector512.Create(Alpha);
            square = Vector512.FusedMultiplyAdd(gradient * gradient, Vector512.Create(Rest), square);
            extent.Store(squares + at, square);
            var scaled = gradient / (Vector512.Sqrt(square) + Vector512.Create(Epsilon));
            if (velocity != null)
            {
                scaled = Vector512.FusedMultiplyAdd(extent.Load(velocity + at), Vector512.Create(Momentum), scaled);
                extent.Store(velocity + at, scaled);
            }
            extent.Store(parameters + at, Vector512.FusedMultiplyAdd(scaled, Vector512.Create(-Rate), parameter));
        }
    }
}

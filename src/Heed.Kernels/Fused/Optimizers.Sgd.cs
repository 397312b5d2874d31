using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Optimizers
{
    /// <summary>u = μu + (1−δ)g, u = g at the first step; θ −= η u, or η (g + μu) with Nesterov's look ahead. Without momentum θ −= η g.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="gradients">g.</param>
    /// <param name="velocity">u; empty without momentum.</param>
    /// <param name="options">The constants.</param>
    /// <param name="step">Which step, from 1.</param>
    /// <param name="gradientFactor">What the gradient is multiplied by.</param>
    public static void Sgd(
        Workers workers, Floats parameters, Floats gradients, Floats velocity, in SgdOptions options, long step, float gradientFactor = 1)
    {
        Check(parameters, gradients, step);
        if (options.Momentum != 0) Lengths.Equal(parameters, velocity, nameof(parameters), nameof(velocity));
        var first = step == 1;
        var work = new SgdWork(parameters.Start, gradients.Start, options.Momentum == 0 ? null : velocity.Start)
        {
            GradientFactor = gradientFactor,
            Decay = (float)options.WeightDecay,
            Keep = first ? 0 : (float)options.Momentum,
            Take = first ? 1 : (float)(1 - options.Dampening),
            Ahead = options.Nesterov ? (float)options.Momentum : 0,
            Rate = (float)options.Rate,
        };
        Vectors.Split(workers, parameters.Length, work);
    }

    readonly struct SgdWork(float* parameters, float* gradients, float* velocity) : IVectorWork
    {
        public float GradientFactor { get; init; }

        public float Decay { get; init; }

        public float Keep { get; init; }

        public float Take { get; init; }

        /// <summary>μ of the look ahead; 0 for none.</summary>
        public float Ahead { get; init; }

        public float Rate { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var parameter = extent.Load(parameters + at);
            var gradient = extent.Load(gradients + at) * Vector512.Create(GradientFactor);
            gradient = Vector512.FusedMultiplyAdd(parameter, Vector512.Create(Decay), gradient);
            if (velocity != null)
            {
                var speed = gradient * Vector512.Create(Take);
                if (Keep != 0) speed = Vector512.FusedMultiplyAdd(extent.Load(velocity + at), Vector512.Create(Keep), speed);
                extent.Store(velocity + at, speed);
                gradient = Ahead != 0 ? Vector512.FusedMultiplyAdd(speed, Vector512.Create(Ahead), gradient) : speed;
            }
            extent.Store(parameters + at, Vector512.FusedMultiplyAdd(gradient, Vector512.Create(-Rate), parameter));
        }
    }
}

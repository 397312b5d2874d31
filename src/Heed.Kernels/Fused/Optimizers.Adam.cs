using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Optimizers
{
    /// <summary>
    /// m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g², θ −= η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε). Kingma and Ba 2014; decay decoupled
    /// from the gradient as AdamW, Loshchilov and Hutter 2017.
    /// </summary>
    /// <param name="workers">Who works.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="gradients">g.</param>
    /// <param name="mean">m.</param>
    /// <param name="square">v.</param>
    /// <param name="greatest">The greatest v so far, used in its place (AMSGrad, Reddi et al. 2018); empty for Adam.</param>
    /// <param name="options">The constants.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="gradientFactor">What the gradient is multiplied by.</param>
    public static void Adam(
        Workers workers, Floats parameters, Floats gradients, Floats mean, Floats square, Floats greatest,
        in AdamOptions options, long step, float gradientFactor = 1)
    {
        Check(parameters, gradients, step);
        Lengths.Equal(parameters, mean, nameof(parameters), nameof(mean));
        Lengths.Equal(parameters, square, nameof(parameters), nameof(square));
        Lengths.Optional(greatest, parameters.Length, nameof(greatest));
        var memory = new AdamMemory
        {
            Parameters = parameters.Start,
            Gradients = gradients.Start,
            Mean = mean.Start,
            Square = square.Start,
            Greatest = greatest.IsEmpty ? null : greatest.Start,
        };
        Vectors.Split(workers, parameters.Length, new AdamWork(memory, new AdamFactors(options, step, gradientFactor)));
    }

    struct AdamMemory
    {
        public float* Parameters, Gradients, Mean, Square, Greatest;
    }

    readonly struct AdamFactors(AdamOptions options, long step, float gradientFactor)
    {
        public readonly float Gradient = gradientFactor;
        public readonly float Beta1 = (float)options.Beta1;
        public readonly float Rest1 = (float)(1 - options.Beta1);
        public readonly float Beta2 = (float)options.Beta2;
        public readonly float Rest2 = (float)(1 - options.Beta2);
        public readonly float Epsilon = (float)options.Epsilon;
        public readonly float Decay = options.Decoupled ? 0 : (float)options.WeightDecay;
        public readonly float Shrink = options.Decoupled ? (float)(1 - options.Rate * options.WeightDecay) : 1;
        public readonly float Step = (float)(options.Rate / (1 - Functions.Power(options.Beta1, step)));
        public readonly float Root = (float)(1 / Math.Sqrt(1 - Functions.Power(options.Beta2, step)));
    }

    readonly struct AdamWork(AdamMemory memory, AdamFactors factors) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var parameter = extent.Load(memory.Parameters + at);
            var gradient = extent.Load(memory.Gradients + at) * Vector512.Create(factors.Gradient);
            gradient = Vector512.FusedMultiplyAdd(parameter, Vector512.Create(factors.Decay), gradient);

            var mean = extent.Load(memory.Mean + at) * Vector512.Create(factors.Beta1);
            mean = Vector512.FusedMultiplyAdd(gradient, Vector512.Create(factors.Rest1), mean);
            extent.Store(memory.Mean + at, mean);

            var square = extent.Load(memory.Square + at) * Vector512.Create(factors.Beta2);
            square = Vector512.FusedMultiplyAdd(gradient * gradient, Vector512.Create(factors.Rest2), square);
            extent.Store(memory.Square + at, square);
            if (memory.Greatest != null)
            {
                // In this order a NaN that stood there stays; one of the gradient is in the mean as well.
                square = Vectors.Greater(extent.Load(memory.Greatest + at), square);
                extent.Store(memory.Greatest + at, square);
            }

            var root = Vector512.FusedMultiplyAdd(
                Vector512.Sqrt(square), Vector512.Create(factors.Root), Vector512.Create(factors.Epsilon));
            var shrunk = parameter * Vector512.Create(factors.Shrink);
            extent.Store(memory.Parameters + at, Vector512.FusedMultiplyAdd(mean / root, Vector512.Create(-factors.Step), shrunk));
        }
    }
}

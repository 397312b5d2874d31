using System.Text.Json.Serialization;
using Heed.Kernels;

namespace Heed.Training;

/// <summary>The learning rate of every step; each kind is its own JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(LinearSchedule), "linear")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(InverseSquareRootSchedule), "inverse-sqrt")]
[JsonDerivedType(typeof(NoamSchedule), "noam")]
public abstract record Schedule
{
    /// <summary>Steps in which the rate rises in a straight line from zero; at least 0.</summary>
    public int Warmup { get; init; }

    /// <summary>The rate of step <paramref name="step"/>, counted from 1, of <paramref name="steps"/> in all.</summary>
    public abstract double Rate(int step, int steps);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults() => Warmup < 0 ? [$"warmup is {Warmup}; it must be at least 0."] : [];

    /// <summary>A fault unless a value is at least as great.</summary>
    private protected static IEnumerable<string> AtLeast(double least, string name, double value)
        => value >= least ? [] : [FormattableString.Invariant($"{name} is {value}; it must be at least {least}.")];

    /// <summary>step/warm-up while it lasts, 1 afterwards.</summary>
    protected double Rise(int step) => Warmup > 0 && step < Warmup ? (double)step / Warmup : 1;

    /// <summary>How far the steps after the warm-up have come, 0 to 1.</summary>
    protected double Progress(int step, int steps) => Math.Clamp((double)(step - Warmup) / Math.Max(1, steps - Warmup), 0, 1);
}

/// <summary>rate(t) = peak, after the warm-up.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <summary>The greatest rate, at least 0.</summary>
    public double Peak { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override double Rate(int step, int steps) => Peak * Rise(step);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => base.Faults().Concat(AtLeast(0, "peak", Peak));
}

/// <summary>rate(t) falls in a straight line from the peak to zero at the last step.</summary>
public sealed record LinearSchedule : Schedule
{
    /// <summary>The greatest rate, at least 0.</summary>
    public double Peak { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override double Rate(int step, int steps) => step < Warmup ? Peak * Rise(step) : Peak * (1 - Progress(step, steps));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => base.Faults().Concat(AtLeast(0, "peak", Peak));
}

/// <summary>rate(t) = floor + (peak − floor)·(1 + cos πτ)/2, τ the share of steps done after the warm-up. Loshchilov and Hutter 2017.</summary>
public sealed record CosineSchedule : Schedule
{
    /// <summary>The greatest rate, at least 0.</summary>
    public double Peak { get; init; } = 1e-3;

    /// <summary>The rate at the last step, at least 0.</summary>
    public double Floor { get; init; }

    /// <inheritdoc/>
    public override double Rate(int step, int steps) => step < Warmup
        ? Peak * Rise(step)
        : Floor + (Peak - Floor) * (1 + Functions.Cos(Math.PI * Progress(step, steps))) / 2;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => base.Faults().Concat(AtLeast(0, "peak", Peak)).Concat(AtLeast(0, "floor", Floor));
}

/// <summary>rate(t) = peak·√(warm-up/t) after the warm-up. fairseq's name for Vaswani et al. 2017, eq. 3, with the peak given.</summary>
public sealed record InverseSquareRootSchedule : Schedule
{
    /// <summary>The greatest rate, at least 0.</summary>
    public double Peak { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override double Rate(int step, int steps) => step < Warmup ? Peak * Rise(step) : Peak * Math.Sqrt((double)Math.Max(Warmup, 1) / step);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => base.Faults().Concat(AtLeast(0, "peak", Peak));
}

/// <summary>rate(t) = factor·d^−½·min(t^−½, t·warm-up^−1½). Vaswani et al. 2017, eq. 3.</summary>
public sealed record NoamSchedule : Schedule
{
    /// <summary>What the rate is multiplied with, at least 0.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>d, the width of the model, at least 1.</summary>
    public int Width { get; init; } = 512;

    /// <inheritdoc/>
    public override double Rate(int step, int steps)
        => Factor / Math.Sqrt(Width) * Math.Min(1 / Math.Sqrt(step), step / Functions.Power(Math.Max(Warmup, 1), 1.5));

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => base.Faults().Concat(AtLeast(0, "factor", Factor)).Concat(AtLeast(1, "width", Width));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>y = x ⊙ m / (1 − rate), m zero with probability rate. Srivastava et al. 2014.</summary>
/// <remarks>
/// <para>
/// Whether element i stays is a function of the seed and i alone (<see cref="Philox"/>, 16 bits an element, eight elements
/// a counter), so nothing is kept for the gradient: the same call on dy is it.
/// </para>
/// <para>The rate is rounded to a multiple of 2⁻¹⁶, for the decision and for the factor alike, so the mean is exact.</para>
/// </remarks>
public static unsafe class Dropout
{
    const nint Group = 128;                 // elements of one call for sixteen counters
    const nint GroupsWorthAThread = 32;

    /// <summary>y = x ⊙ m/(1 − rate), or y += …; y may be x.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">What is dropped.</param>
    /// <param name="y">The result, as long.</param>
    /// <param name="rate">The probability of an element to go, 0 ≤ rate &lt; 1; 0 takes every element as it is.</param>
    /// <param name="seed">What decides; another for each use.</param>
    /// <param name="accumulate">Whether the result is added to what is there.</param>
    public static void Apply(Workers workers, Floats x, Floats y, float rate, ulong seed, bool accumulate = false)
    {
        Lengths.Equal(x, y, nameof(x), nameof(y));
        var rule = new DropoutRule(rate, seed);
        if (!accumulate) Split(workers, x.Length, new Place(x.Start, y.Start), rule);
        else if (rule.Drops) Split(workers, x.Length, new PlaceSum(y.Start, x.Start, y.Start), rule);
        else Elementwise.AddTo(workers, x, y);
    }

    /// <summary>y = residual + x ⊙ m/(1 − rate); y may be either.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="residual">What is added, whole.</param>
    /// <param name="x">What is dropped.</param>
    /// <param name="y">The result, as long.</param>
    /// <param name="rate">The probability of an element to go, 0 ≤ rate &lt; 1; 0 is a plain sum.</param>
    /// <param name="seed">What decides; another for each use.</param>
    public static void Residual(Workers workers, Floats residual, Floats x, Floats y, float rate, ulong seed)
    {
        Lengths.Equal(residual, x, nameof(residual), nameof(x));
        Lengths.Equal(residual, y, nameof(residual), nameof(y));
        var rule = new DropoutRule(rate, seed);
        if (rule.Drops) Split(workers, x.Length, new PlaceSum(residual.Start, x.Start, y.Start), rule);
        else Elementwise.Add(workers, residual, x, y);
    }

    static void Split<TPlace>(Workers workers, nint length, TPlace place, DropoutRule rule) where TPlace : struct, IPlace
        => workers.Split((length + Group - 1) / Group, GroupsWorthAThread, new Groups<TPlace>(place, length, rule));

    /// <summary>Where sixteen elements go with their factors.</summary>
    interface IPlace
    {
        void Put<TExtent>(TExtent extent, nint at, Vector512<float> factor) where TExtent : struct, IExtent;
    }

    readonly struct Place(float* x, float* y) : IPlace
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put<TExtent>(TExtent extent, nint at, Vector512<float> factor) where TExtent : struct, IExtent
            => extent.Store(y + at, extent.Load(x + at) * factor);
    }

    readonly struct PlaceSum(float* sum, float* x, float* y) : IPlace
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put<TExtent>(TExtent extent, nint at, Vector512<float> factor) where TExtent : struct, IExtent
            => extent.Store(y + at, Vector512.FusedMultiplyAdd(extent.Load(x + at), factor, extent.Load(sum + at)));
    }

    readonly struct Groups<TPlace>(TPlace place, nint length, DropoutRule rule) : IWork where TPlace : struct, IPlace
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            var whole = Math.Min(end, length / Group);
            for (var group = start; group < whole; group++) Put(default(Unchecked), group);
            if (end > whole) PutLast(whole);
        }

        // By itself: a loop with a call in it keeps its vectors on the stack.
        [MethodImpl(Vectors.Loop)]
        void PutLast(nint group) => Put(new Checked(length), group);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Put<TEnd>(TEnd limit, nint group) where TEnd : struct, IEnd
        {
            var bits = rule.Draw(group);
            var first = group * Group;
            limit.Put(place, first, rule.Lower(bits.X0));
            limit.Put(place, first + 16, rule.Lower(bits.X1));
            limit.Put(place, first + 32, rule.Lower(bits.X2));
            limit.Put(place, first + 48, rule.Lower(bits.X3));
            limit.Put(place, first + 64, rule.Upper(bits.X0));
            limit.Put(place, first + 80, rule.Upper(bits.X1));
            limit.Put(place, first + 96, rule.Upper(bits.X2));
            limit.Put(place, first + 112, rule.Upper(bits.X3));
        }
    }

    /// <summary>Whether a group may reach beyond the end.</summary>
    interface IEnd
    {
        void Put<TPlace>(TPlace place, nint at, Vector512<float> factor) where TPlace : struct, IPlace;
    }

    readonly struct Unchecked : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put<TPlace>(TPlace place, nint at, Vector512<float> factor) where TPlace : struct, IPlace
            => place.Put(default(FullExtent), at, factor);
    }

    readonly struct Checked(nint length) : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put<TPlace>(TPlace place, nint at, Vector512<float> factor) where TPlace : struct, IPlace
        {
            if (at <= length - Vectors.Lanes) place.Put(default(FullExtent), at, factor);
            else if (at < length) place.Put(new PartialExtent(length - at), at, factor);
        }
    }
}

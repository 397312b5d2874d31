using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Rows of a cross-entropy: one read for the greatest logit, one for exponentials and sums, one for the gradient.</summary>
/// <remarks>Computing binds, not memory, as long as memory is not idle meanwhile: so the next row is asked for while this one is computed.</remarks>
readonly unsafe struct CrossEntropyWork<TBackground>(CrossEntropyRows rows, HardTargets hard, TBackground background) : IWork
    where TBackground : struct, IBackground
{
    public void Run(nint start, nint end)
    {
        for (var row = start; row < end; row++)
        {
            if (rows.Weight(row) == 0 || (hard.Any && hard[row] < 0)) Skip(row);
            else Row(row);
        }
    }

    void Skip(nint row)
    {
        rows.Loss(row, 0);
        hard.LogProbability(row, 0);
        var gradient = rows.Gradient(row);
        if (gradient != null) new Floats(gradient, rows.Columns).Clear();
    }

    // loss = T ln S − Σ b (z − m) − h (z_y − m), S = Σ exp(z − m), T = Σ b + h;  dz = T exp(z − m)/S − b − h [c = y]
    [MethodImpl(Vectors.Loop)]
    void Row(nint row)
    {
        float* z = rows.Logits(row), gradient = rows.Gradient(row);
        var greatest = Reduce.Greatest(z, rows.Columns);
        var share = hard.Any ? rows.Share(hard[row]) : 0;
        var chosen = hard.Any ? z[hard[row]] : 0;               // read before the gradient takes its place
        var own = chosen - greatest;
        var sums = Add(new Terms(z, gradient, new Ahead(rows.Logits(row + 1), rows.Gradient(row + 1)), row, background), greatest, rows.Columns);

        var sum = Vectors.Sum(sums.Exponentials);
        var log = Functions.Log(sum);
        var total = (TBackground.TotalIsKnown ? background.Total : Vectors.Sum(sums.Background)) + share;
        var loss = total * log;
        if (TBackground.Exists) loss -= Vectors.Sum(sums.Expected);
        if (share != 0) loss -= share * own;
        var weight = rows.Weight(row);
        rows.Loss(row, loss * weight);
        // As a search does it, z_y − lse z, lse z = m + ln S rounded once: what a search reports is what scoring gives, to the last bit.
        hard.LogProbability(row, chosen - (greatest + log));
        if (gradient == null) return;
        Vectors.Range(new Finish(gradient, total / sum * weight, weight, row, background), 0, rows.Columns);
        if (hard.Any) gradient[hard[row]] -= share * weight;
    }

    [MethodImpl(Vectors.Loop)]
    static Sums Add(Terms terms, float greatest, nint length)
    {
        var sums = new Sums();
        var shift = Vector512.Create(greatest);
        nint at = 0;
        for (; at <= length - Vectors.Lanes; at += Vectors.Lanes) terms.Add(default(FullExtent), at, shift, ref sums);
        if (at < length) terms.Add(new PartialExtent(length - at), at, shift, ref sums);
        return sums;
    }

    struct Sums
    {
        public Vector512<float> Exponentials, Expected, Background;
    }

    /// <summary>Where the next row begins.</summary>
    readonly struct Ahead(float* z, float* gradient)
    {
        public readonly float* Z = z, Gradient = gradient;
    }

    /// <summary>What one row adds to its sums; the exponentials go where the gradient will be.</summary>
    readonly struct Terms(float* z, float* gradient, Ahead next, nint row, TBackground background)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<TExtent>(TExtent extent, nint at, Vector512<float> shift, ref Sums sums) where TExtent : struct, IExtent
        {
            Vectors.Ask(next.Z + at);
            var e = Functions.ExpToOne(extent.Load(z + at, Vector512.Create(float.NegativeInfinity)) - shift);
            sums.Exponentials += e;
            if (TBackground.Exists)
            {
                // Beyond the extent the difference is 0, so that what the background holds there does not count.
                var b = background.Load(extent, row, at);
                sums.Expected = Vector512.FusedMultiplyAdd(b, extent.Load(z + at, shift) - shift, sums.Expected);
                if (!TBackground.TotalIsKnown) sums.Background += b;
            }
            if (gradient == null) return;
            Vectors.Ask(next.Gradient + at);
            extent.Store(gradient + at, e);
        }
    }

    readonly struct Finish(float* gradient, float factor, float weight, nint row, TBackground background) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var scaled = extent.Load(gradient + at) * Vector512.Create(factor);
            if (TBackground.Exists)
                scaled = Vector512.FusedMultiplyAdd(background.Load(extent, row, at), Vector512.Create(-weight), scaled);
            extent.Store(gradient + at, scaled);
        }
    }
}

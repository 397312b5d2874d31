using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>oᵢ = Σⱼ softmaxⱼ(qᵢ·kⱼ·scale + bias)vⱼ for each head, over the keys j that the mask lets query i see. Vaswani et al. 2017, eq. 1.</summary>
    /// <param name="q">[n, h·k]</param>
    /// <param name="k">[m, g·k], g dividing h</param>
    /// <param name="v">[m, g·w]</param>
    /// <param name="pairs">which rows look at which; every row of q belongs to one pair</param>
    /// <param name="options">sizes, dropout and name</param>
    /// <param name="mask">which keys of its sequence a query sees</param>
    /// <param name="bias">what is added to scores</param>
    /// <param name="keyRows">the row of k and v where key t of a pair stands, at KeyStart + t; null when it is row KeyStart + t itself. Has no gradient</param>
    /// <returns>[n, h·w]; zero where a query sees nothing</returns>
    /// <exception cref="ArgumentException">Widths are not those of the sizes, the pairs do not cover the rows of q once, or the passes differ.</exception>
    /// <exception cref="InvalidOperationException">Keys are read through a table in a pass that records.</exception>
    public static Tensor Attend<TMask, TBias>(
        Tensor q, Tensor k, Tensor v, SegmentPair[] pairs, AttendOptions options, TMask mask, TBias bias, int[]? keyRows = null)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        var (pass, call) = Call(new(q, k, v), pairs, options, mask, bias, keyRows);
        var y = pass.New([q.Shape.Rows, (nint)options.Sizes.Heads * options.Sizes.ValueWidth]);
        var logSumExp = pass.Recording ? pass.Rent(q.Shape.Rows * options.Sizes.Heads) : default;
        pass.Backend.Attend(call, new(y.AsStrided(), logSumExp));
        if (pass.Probe?.Wants(options.Path) == true) pass.ShowWeights(options.Path, call);
        if (pass.Recording) pass.Record(new AttendOp<TMask, TBias>(new(q, k, v), call, y, logSumExp));
        return pass.Made(y, options.Path);
    }

    static (Pass, AttentionCall<TMask, TBias>) Call<TMask, TBias>(
        in AttendOperands x, SegmentPair[] pairs, in AttendOptions options, TMask mask, TBias bias, int[]? keyRows)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        var (q, k, v) = x;
        CheckWidths(q, k, v, options.Sizes);
        CheckPairs(pairs, q);
        _ = PassOf(k, v);
        var pass = PassOf(q, k);
        if (keyRows is not null && pass.Recording)
            throw new InvalidOperationException($"Attention '{options.Path}' reads its keys through a table while the pass records; decode in an inference pass.");
        var dropout = DropoutChoice.Draw(pass, options.Dropout);
        var inputs = new AttentionInputs(q.AsStrided(), k.AsStrided(), v.AsStrided()) { KeyRows = keyRows };
        return (pass, new(inputs, pairs, options.Sizes, new(mask, bias, new(dropout.Rate, dropout.Seed))));
    }

    static void ShowWeights<TMask, TBias>(this Pass pass, string path, AttentionCall<TMask, TBias> call) where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        nint count = 0;
        foreach (var pair in call.Pairs) count += (nint)pair.Queries * pair.Keys * call.Sizes.Heads;
        var weights = pass.Rent(count);
        pass.Backend.AttentionWeights(call, weights);
        pass.Probe!.Weights(path, call.Pairs, call.Sizes.Heads, weights);
    }
}

/// <summary>What does not change from call to call of one attention layer.</summary>
/// <param name="Sizes">heads and widths</param>
/// <param name="Dropout">the share of weights dropped in training</param>
/// <param name="Path">the name under which probes see the weights</param>
public readonly record struct AttendOptions(AttentionSizes Sizes, float Dropout, string Path);

/// <summary>One attention as a backend sees it.</summary>
/// <param name="Inputs">queries, keys, values</param>
/// <param name="Pairs">which rows look at which</param>
/// <param name="Sizes">heads and widths</param>
/// <param name="Rule">mask, bias and dropout</param>
public readonly record struct AttentionCall<TMask, TBias>(AttentionInputs Inputs, SegmentPair[] Pairs, AttentionSizes Sizes, AttentionRule<TMask, TBias> Rule)
    where TMask : struct, IMask where TBias : struct, IScoreBias;

sealed class AttendOp<TMask, TBias>(AttendOperands x, AttentionCall<TMask, TBias> call, Tensor y, Floats logSumExp) : Op(y)
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    // P = softmax(S), dP = do·vᵀ, dS = P ⊙ (dP − ⟨do, o⟩):   dq += scale·dS·k   dk += scale·dSᵀ·q   dv += Pᵀ·do. Dao et al. 2022, App. B.
    public override void Backward(Adjoints d) => x.Backward(d, call, Result, logSumExp);
}

/// <summary>The tensors that an attention reads, and the way of their gradients.</summary>
readonly record struct AttendOperands(Tensor Q, Tensor K, Tensor V)
{
    /// <summary>Adds the gradients of queries, keys and values; what the bias collects goes where the call says.</summary>
    public void Backward<TMask, TBias>(Adjoints d, in AttentionCall<TMask, TBias> call, Tensor y, Floats logSumExp) where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        var dy = d.Of(y);
        bool keysApart = K.Slot == Q.Slot, valuesApart = V.Slot == Q.Slot || V.Slot == K.Slot;
        Place dq = Begin(d, Q, apart: false), dk = Begin(d, K, keysApart), dv = Begin(d, V, valuesApart);
        var add = dq.Holds || dk.Holds || dv.Holds || !EveryKeyHasAPair(call.Pairs);
        if (add) foreach (var place in (ReadOnlySpan<Place>)[dq, dk, dv]) place.Hold();
        d.Backend.AttendBack(call, new(y.AsStrided(), logSumExp),
            new(y.AsStrided(dy), Q.AsStrided(dq.Floats), K.AsStrided(dk.Floats), V.AsStrided(dv.Floats), Accumulate: add));
        if (keysApart) d.Backend.AddTo(dk.Floats, d.Into(K, out _));
        if (valuesApart) d.Backend.AddTo(dv.Floats, d.Into(V, out _));
    }

    // Where every row is written there is no need to clear it and read the zeros again. Pairs share no row in a backward, so their sum says it.
    bool EveryKeyHasAPair(ReadOnlySpan<SegmentPair> pairs)
    {
        nint keys = 0;
        foreach (ref readonly var pair in pairs) keys += pair.Keys;
        return keys == K.Shape.Rows;
    }

    // The kernel sums one gradient in registers while it adds to another, so two gradients of one tensor need a place each.
    static Place Begin(Adjoints d, Tensor x, bool apart)
    {
        if (apart) return new(d.Pass.Rent(x.Shape.Count), Holds: false);
        var floats = d.Into(x, out var holds);
        return new(floats, holds);
    }

    readonly record struct Place(Floats Floats, bool Holds)
    {
        /// <summary>Zeros where nothing is held yet.</summary>
        public void Hold()
        {
            if (!Holds) Floats.Clear();
        }
    }
}

using System.Buffers;
using Heed.Kernels;

namespace Heed.Decoding;

/// <summary>Changes the scores of the next id before one is drawn; rules apply one after another.</summary>
public abstract record LogitRule
{
    /// <summary>Changes the logits; −∞ makes an id impossible. At least one stays possible.</summary>
    public abstract void Apply(Span<float> logits);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public abstract IEnumerable<string> Faults();

    /// <summary>The ids in falling order of their logits; of equals, the lower id first.</summary>
    private protected static int[] Ranked(ReadOnlySpan<float> logits)
    {
        var ids = new int[logits.Length];
        var keys = ArrayPool<float>.Shared.Rent(logits.Length);
        for (var i = 0; i < ids.Length; i++) (ids[i], keys[i]) = (i, -logits[i]);
        Array.Sort(keys, ids, 0, ids.Length);
        for (int start = 0, next; start < ids.Length; start = next)
        {
            for (next = start + 1; next < ids.Length && keys[next] == keys[start]; next++) { }
            Array.Sort(ids, start, next - start);
        }
        ArrayPool<float>.Shared.Return(keys);
        return ids;
    }
}

/// <summary>z/τ: below 1 sharper, above 1 flatter. Ackley, Hinton and Sejnowski 1985.</summary>
/// <param name="Value">τ, above 0</param>
public sealed record Temperature(float Value) : LogitRule
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits)
    {
        foreach (ref var logit in logits) logit /= Value;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Value > 0 && float.IsFinite(Value) ? [] : [FormattableString.Invariant($"temperature is {Value}; it must be above 0. For the most probable id every time use a beam of 1.")];
}

/// <summary>Only the k most probable ids stay possible. Fan, Lewis and Dauphin 2018.</summary>
/// <param name="Count">k, at least 1</param>
public sealed record TopK(int Count) : LogitRule
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits)
    {
        foreach (var id in Ranked(logits).AsSpan(Math.Min(Count, logits.Length))) logits[id] = float.NegativeInfinity;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Count >= 1 ? [] : [$"topK is {Count}; it must be at least 1."];
}

/// <summary>Only the most probable ids that together reach the share p stay possible. Holtzman et al. 2020.</summary>
/// <param name="Share">p, 0 &lt; p ≤ 1</param>
public sealed record TopP(float Share) : LogitRule
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits)
    {
        var ranked = Ranked(logits);
        var greatest = logits[ranked[0]];
        var total = 0.0;
        foreach (var logit in logits) total += Functions.Exp(logit - greatest);
        var reached = 0.0;
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            if (reached >= Share * total) logits[ranked[rank]] = float.NegativeInfinity;
            else reached += Functions.Exp(logits[ranked[rank]] - greatest);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Share > 0 && Share <= 1 ? [] : [FormattableString.Invariant($"topP is {Share}; it must be above 0 and at most 1.")];
}

/// <summary>Only ids at least p times as probable as the most probable one stay possible. Nguyen et al. 2024.</summary>
/// <param name="Share">p, 0 ≤ p ≤ 1</param>
public sealed record MinP(float Share) : LogitRule
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits)
    {
        var greatest = float.NegativeInfinity;
        foreach (var logit in logits) greatest = MathF.Max(greatest, logit);
        foreach (ref var logit in logits)
            if (Functions.Exp(logit - greatest) < Share) logit = float.NegativeInfinity;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Share >= 0 && Share <= 1 ? [] : [FormattableString.Invariant($"minP is {Share}; it must be at least 0 and at most 1.")];
}

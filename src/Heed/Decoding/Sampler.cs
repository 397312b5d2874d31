using System.Buffers;
using Heed.Kernels;

namespace Heed.Decoding;

/// <summary>y ~ softmax(rules(z)): draws one id.</summary>
/// <param name="rules">what shapes the distribution, in order</param>
sealed class Sampler(IReadOnlyList<LogitRule> rules)
{
    /// <param name="scores">[v] logits, one of them finite</param>
    /// <param name="random">decides the draw, and moves on</param>
    public int Draw(ReadOnlySpan<float> scores, ref CounterRandom random)
    {
        var rented = ArrayPool<float>.Shared.Rent(scores.Length);
        var logits = rented.AsSpan(0, scores.Length);
        scores.CopyTo(logits);
        foreach (var rule in rules) rule.Apply(logits);
        var greatest = float.NegativeInfinity;
        foreach (var logit in logits) greatest = MathF.Max(greatest, logit);
        var total = 0.0;
        foreach (ref var logit in logits) total += logit = Functions.Exp(logit - greatest);
        var point = random.NextDouble() * total;
        var drawn = -1;
        for (var id = 0; id < logits.Length && point >= 0; id++)
        {
            if (logits[id] == 0) continue;
            drawn = id;
            point -= logits[id];
        }
        ArrayPool<float>.Shared.Return(rented);
        return drawn;
    }
}

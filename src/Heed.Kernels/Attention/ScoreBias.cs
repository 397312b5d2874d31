using System.Numerics;

namespace Heed.Kernels;

/// <summary>Adds to the scores, and gives the gradient of what it added to whoever it took it from.</summary>
/// <remarks>
/// Calls for different segment pairs or key heads come from different threads; calls for one of them come in a fixed order.
/// A bias of −∞ hides its key.
/// </remarks>
public interface IScoreBias
{
    /// <summary>Whether nothing is ever added, so that the kernel can leave the calls out.</summary>
    static abstract bool IsNone { get; }

    /// <summary>scores[j] += bias(query, firstKey + j) for the keys of one run.</summary>
    /// <param name="query">Where the query stands.</param>
    /// <param name="firstKey">The position of the run's first key.</param>
    /// <param name="scores">One score a key. Keys the query does not see may be among them; their sums are not used.</param>
    void Add(in QueryPlace query, int firstKey, Span<float> scores);

    /// <summary>Takes in ∂loss/∂score for the keys of one run; zero for keys the query does not see.</summary>
    /// <param name="query">Where the query stands.</param>
    /// <param name="firstKey">The position of the run's first key.</param>
    /// <param name="gradients">One gradient a key.</param>
    void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients);
}

/// <summary>score = q·k·scale: nothing is added.</summary>
public readonly record struct NoBias : IScoreBias
{
    /// <inheritdoc/>
    public static bool IsNone => true;

    /// <inheritdoc/>
    public void Add(in QueryPlace query, int firstKey, Span<float> scores)
    {
        // Nothing is what this bias adds.
    }

    /// <inheritdoc/>
    public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
    {
        // Nothing was added, so nothing learns.
    }
}

/// <summary>score += −slope · |position − key|, one slope a head, not learned. Press, Smith, Lewis 2022.</summary>
/// <param name="Slopes">[heads]</param>
public readonly record struct AlibiBias(Floats Slopes) : IScoreBias
{
    /// <inheritdoc/>
    public static bool IsNone => false;

    /// <inheritdoc/>
    public void Add(in QueryPlace query, int firstKey, Span<float> scores)
    {
        var slope = -Slopes[query.Head];
        var distance = query.Position - firstKey;
        for (var j = 0; j < scores.Length; j++) scores[j] += slope * Math.Abs(distance - j);
    }

    /// <inheritdoc/>
    public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
    {
        // Slopes are constants.
    }

    /// <summary>
    /// slopeₕ = 2^(−8(h+1)/heads) where the number of heads is a power of two; otherwise the slopes of the next smaller power,
    /// then every other one of the next greater, as the authors' own code has it.
    /// </summary>
    /// <param name="head">h, from 0</param>
    /// <param name="heads">how many there are</param>
    public static float Slope(int head, int heads)
    {
        var smaller = 1 << BitOperations.Log2((uint)heads);
        var exponent = head < smaller ? -8.0 * (head + 1) / smaller : -8.0 * (2 * (head - smaller) + 1) / (2 * smaller);
        return (float)Functions.Power(2, exponent);
    }
}

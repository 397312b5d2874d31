using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>score(i, j) = qᵢ·kⱼ·scale + B[h, bucket(j − i)]: a learned number for each head and bucket of distances. Raffel et al. 2020, §2.1.</summary>
/// <remarks>
/// Near distances have a bucket each, farther ones share buckets that grow with the logarithm, and from
/// <see cref="MaximumDistance"/> on there is one. An encoder's buckets are for before and behind by halves, a decoder's all for before.
/// One table a stack, which its layers share.
/// </remarks>
public sealed record T5Positions : PositionKind
{
    /// <summary>How many buckets there are; at least 4 and even, so that both directions have near and far ones.</summary>
    public int Buckets { get; init; } = 32;

    /// <summary>The distance from which on all are alike; more than the number of buckets that are one distance each.</summary>
    public int MaximumDistance { get; init; } = 128;

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => new Built(p, stack, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(StackShape stack)
    {
        if (Buckets is < 4 or > 1 << 20 || Buckets % 2 != 0) yield return $"buckets is {Buckets}; it must be even, at least 4 and at most {1 << 20}.";
        else if (MaximumDistance <= Buckets / 2 || MaximumDistance > 1 << 24)
            yield return $"maximumDistance is {MaximumDistance}; {Buckets} buckets need more than {Buckets / 2}, and at most {1 << 24}.";
    }

    /// <summary>The bucket of a distance.</summary>
    /// <param name="distance">key − query</param>
    /// <param name="causal">whether only what stands before is told apart</param>
    /// <returns>at least 0 and below <see cref="Buckets"/></returns>
    public int Bucket(int distance, bool causal)
    {
        var direction = causal ? Buckets : Buckets / 2;
        var near = direction / 2;
        var far = causal ? Math.Max(-(long)distance, 0) : Math.Abs((long)distance);
        var start = !causal && distance > 0 ? direction : 0;
        if (far < near) return start + (int)far;
        // A hair is added because the logarithms of whole powers must not fall short of whole numbers.
        var steps = Functions.Log(far / (double)near) / Functions.Log(MaximumDistance / (double)near) * (direction - near) + 1e-9;
        return start + Math.Min(near + (int)steps, direction - 1);
    }

    sealed class Built(Scope p, StackShape stack, T5Positions c) : IPositions, IAttentionPositions
    {
        readonly Relation relation = new(-c.MaximumDistance, 2 * c.MaximumDistance + 1)
        {
            Buckets = [.. Enumerable.Range(-c.MaximumDistance, 2 * c.MaximumDistance + 1).Select(distance => c.Bucket(distance, stack.Causal))],
            Numbers = c.Buckets,
        };

        readonly Parameter biases = p.Parameter("weight", [stack.Heads, c.Buckets], Init.Normal(MathF.Sqrt(1f / stack.Width)));

        public IAttentionPositions InLayer(Scope p) => this;

        public Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, IMask
            => Ops.Attend(rows.Queries, rows.Keys, rows.Values, rows.Pairs, rows.Options, mask, new Related(relation) { Biases = biases }, rows.KeyRows);
    }
}

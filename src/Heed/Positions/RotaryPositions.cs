using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>Which columns of a head turn together.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RotaryPairing>))]
public enum RotaryPairing
{
    /// <summary>Columns 2i and 2i + 1. Su et al. 2021, eq. 34; GPT-J.</summary>
    Neighbours,

    /// <summary>Columns i and i + w/2, w the columns that turn. GPT-NeoX, LLaMA.</summary>
    Halves,
}

/// <summary>q′ = R(t)q, k′ = R(s)k, R(t) turning pair i by t·ωᵢ, ωᵢ = base^(−2i/w): q′·k′ depends on s − t alone. Su et al. 2021.</summary>
/// <remarks>
/// Angles are products of whole numbers and frequencies in double precision, as are their sines and cosines: at place 100,000 a
/// float's product would be 0.004 off. What was computed of them is kept, 8·w bytes a place.
/// </remarks>
public sealed record RotaryPositions : PositionKind
{
    /// <summary>Which columns turn together.</summary>
    public RotaryPairing Pairing { get; init; } = RotaryPairing.Neighbours;

    /// <summary>The base of the frequencies, above 1: the greater, the slower the slowest pair turns.</summary>
    public double Base { get; init; } = 10_000;

    /// <summary>The share of a head's columns that turns, above 0 and at most 1; GPT-J and GPT-NeoX leave some columns alone.</summary>
    public double Part { get; init; } = 1;

    /// <summary>How longer sequences than those of training are read.</summary>
    public RotaryScaling Scaling { get; init; } = new NoScaling();

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => new Built(stack.HeadWidth, Turned(stack.HeadWidth), this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(StackShape stack)
    {
        if (!(Base > 1 && Base <= 1e12)) yield return FormattableString.Invariant($"base is {Base}; it must be above 1 and at most 10¹².");
        if (!(Part > 0 && Part <= 1)) yield return FormattableString.Invariant($"part is {Part}; it must be above 0 and at most 1.");
        else if (Turned(stack.HeadWidth) is var turned && (turned < 2 || turned % 2 != 0))
            yield return FormattableString.Invariant(
                $"part is {Part}, which is {turned} of a head's {stack.HeadWidth} columns; columns turn in pairs, so it must be an even number of at least 2.");
        foreach (var fault in Scaling.Faults()) yield return "scaling." + fault;
    }

    int Turned(int headWidth) => (int)Math.Round(headWidth * Part);

    sealed class Built(int headWidth, int turned, RotaryPositions c) : IPositions, IAttentionPositions
    {
        readonly RotationShape shape = new(headWidth, turned, c.Pairing == RotaryPairing.Neighbours ? 1 : turned / 2);
        readonly RotaryAngles angles = new(c, turned);

        public IAttentionPositions InLayer(Scope p) => this;

        public Tensor Turn(Tensor x, Places places)
        {
            if (places.Indices.IsEmpty) return x;
            var (first, last) = SinusoidalPositions.Range(places.Indices.Span);
            return Ops.Rotate(x, shape, angles.Table(x.Pass, first, last - first + 1), places.Indices, first);
        }
    }
}

/// <summary>Cosines and signed sines of the places that were asked for so far: constants, which depend on nothing but the configuration.</summary>
sealed class RotaryAngles(RotaryPositions c, int turned)
{
    // Places are computed so many at a time, and only where somebody stands.
    const int Block = 64;

    readonly double[] frequencies = c.Scaling.Frequencies(c.Base, turned);
    readonly System.Collections.Concurrent.ConcurrentDictionary<int, float[]> blocks = new();

    /// <summary>[count, 2·turned] for the places from <paramref name="first"/> on.</summary>
    public Tensor Table(Pass pass, int first, int count)
    {
        nint row = 2 * turned;
        var table = pass.New([count, row]);
        for (int t = 0, next; t < count; t = next)
        {
            var (block, start) = Math.DivRem(first + t, Block);
            next = Math.Min(count, t + Block - start);
            var known = blocks.GetOrAdd(block, static (block, angles) => angles.Compute(block), this);
            known.AsSpan(start * (int)row, (next - t) * (int)row).CopyTo(table.Data.Slice(t * row, (next - t) * row).Span);
        }
        return table;
    }

    float[] Compute(int block)
    {
        var table = new float[Block * 2 * turned];
        for (var t = 0; t < Block; t++) Fill((long)block * Block + t, table.AsSpan(t * 2 * turned, 2 * turned));
        return table;
    }

    void Fill(long place, Span<float> row)
    {
        for (var i = 0; i < turned / 2; i++)
        {
            var angle = place * frequencies[i];
            var (cosine, sine) = ((float)(Functions.Cos(angle) * c.Scaling.Magnitude), (float)(Functions.Sin(angle) * c.Scaling.Magnitude));
            var (a, b) = c.Pairing == RotaryPairing.Neighbours ? (2 * i, 2 * i + 1) : (i, i + turned / 2);
            row[a] = row[b] = cosine;
            (row[turned + a], row[turned + b]) = (-sine, sine);
        }
    }
}

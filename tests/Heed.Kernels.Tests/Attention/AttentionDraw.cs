using FsCheck;
using FsCheck.Fluent;

namespace Heed.Kernels.Tests;

/// <summary>So many queries of one sequence that look at so many keys, the first of them at a position.</summary>
public readonly record struct Stretch(int Queries, int Keys, int Past);

/// <summary>What is added to the scores of a drawn attention.</summary>
public enum DrawnBias
{
    None,
    Alibi,
    Relative,
}

/// <summary>A check that is compiled for the mask and the bias that were drawn.</summary>
interface IAttentionCheck
{
    void Run<TMask, TBias>(AttentionDraw draw, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias;
}

/// <summary>An attention drawn at random: what a stretch holds follows from its number, so it can be computed in any batch.</summary>
/// <param name="Sizes">heads and widths</param>
/// <param name="Stretches">the sequences of the batch</param>
/// <param name="Mask">one of the mask structs</param>
/// <param name="Bias">what is added to scores</param>
/// <param name="Dropout">the share of weights dropped</param>
/// <param name="Magnitude">how far queries and keys reach</param>
sealed record AttentionDraw(AttentionSizes Sizes, Stretch[] Stretches, object Mask, DrawnBias Bias, float Dropout, float Magnitude)
{
    const int Distances = 9;

    static readonly Gen<int> Length = Gen.Frequency((3, Gen.Choose(0, 3)), (3, Gen.Choose(0, 40)), (2, Gen.Choose(60, 70)), (1, Gen.Choose(0, 300)));

    static readonly Gen<int> Width = Gen.Frequency((2, Gen.Choose(1, 20)), (2, Gen.Elements(16, 32, 64)), (1, Gen.Choose(20, 80)));

    static readonly Gen<Stretch> OneStretch = Gen.OneOf(
        from length in Length select new Stretch(length, length, 0),
        from queries in Length from keys in Length select new Stretch(queries, keys, 0),
        from queries in Length from past in Length select new Stretch(queries, past + queries, past));

    static readonly Gen<object> SomeMask = Gen.OneOf<object>(
        Gen.Constant<object>(new FullMask()),
        from strict in Gen.Elements(false, true) select (object)new CausalMask(strict),
        from before in Gen.Choose(-3, 90) from after in Gen.Choose(-3, 90) select (object)new WindowMask(before, after),
        from length in Gen.Choose(0, 80) select (object)new PrefixMask(length),
        from size in Gen.Choose(1, 80) select (object)new BlockMask(size),
        from before in Gen.Choose(0, 80) select (object)new BothMask<CausalMask, WindowMask>(new(false), new(before, 0)),
        from seed in Gen.Choose(0, 1000) from run in Gen.Choose(1, 70) select (object)new PatchyMask(seed, run));

    public static Gen<AttentionDraw> Any { get; } =
        from heads in Gen.Choose(1, 3)
        from shared in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
        from width in Width
        from valueWidth in Width
        from stretches in Gen.Choose(0, 6).SelectMany(count => Gen.ArrayOf(OneStretch, count))
        from mask in SomeMask
        from bias in Gen.Frequency((2, Gen.Constant(DrawnBias.None)), (1, Gen.Constant(DrawnBias.Alibi)), (1, Gen.Constant(DrawnBias.Relative)))
        from dropout in Gen.Elements(0, 0, 0.1f, 0.5f)
        from magnitude in Gen.Elements(1f, 1f, 1f, 6f)
        select new AttentionDraw(
            new(heads * shared, heads, width, valueWidth, 1 / MathF.Sqrt(width)), stretches, mask, bias, dropout, magnitude);

    /// <summary>One sequence fewer, one of half the length, no dropout, no bias, one head, a width of one.</summary>
    public static IEnumerable<AttentionDraw> Smaller(AttentionDraw draw)
    {
        for (var i = 0; i < draw.Stretches.Length; i++) yield return draw with { Stretches = [.. draw.Stretches[..i], .. draw.Stretches[(i + 1)..]] };
        for (var i = 0; i < draw.Stretches.Length; i++)
        {
            var (queries, keys, past) = draw.Stretches[i];
            if (queries > 1) yield return draw with { Stretches = [.. draw.Stretches[..i], new(queries / 2, keys, past), .. draw.Stretches[(i + 1)..]] };
            if (keys > 1) yield return draw with { Stretches = [.. draw.Stretches[..i], new(queries, keys / 2, past / 2), .. draw.Stretches[(i + 1)..]] };
        }
        if (draw.Dropout > 0) yield return draw with { Dropout = 0 };
        if (draw.Bias != DrawnBias.None) yield return draw with { Bias = DrawnBias.None };
        if (draw.Sizes.Heads > 1) yield return draw with { Sizes = draw.Sizes with { Heads = 1, KeyHeads = 1 } };
        if (draw.Sizes.Width > 1) yield return draw with { Sizes = draw.Sizes with { Width = 1 } };
        if (draw.Sizes.ValueWidth > 1) yield return draw with { Sizes = draw.Sizes with { ValueWidth = 1 } };
    }

    /// <summary>The batch of the stretches of these numbers, in this order.</summary>
    public SegmentPair[] Lay(params ReadOnlySpan<int> numbers)
    {
        var pairs = new SegmentPair[numbers.Length];
        nint query = 0, key = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var (queries, keys, past) = Stretches[numbers[i]];
            pairs[i] = new(query, queries, key, keys, past);
            (query, key) = (query + queries, key + keys);
        }
        return pairs;
    }

    /// <summary>Hands mask and bias as the structs they are to a check.</summary>
    public void Use(IAttentionCheck check)
    {
        switch (Mask)
        {
            case FullMask mask: Use(check, mask); break;
            case CausalMask mask: Use(check, mask); break;
            case WindowMask mask: Use(check, mask); break;
            case PrefixMask mask: Use(check, mask); break;
            case BlockMask mask: Use(check, mask); break;
            case BothMask<CausalMask, WindowMask> mask: Use(check, mask); break;
            case PatchyMask mask: Use(check, mask); break;
            default: throw new InvalidOperationException($"No check is compiled for {Mask}.");
        }
    }

    void Use<TMask>(IAttentionCheck check, TMask mask) where TMask : struct, IMask
    {
        using var memory = new FloatMemory(Math.Max(Sizes.Heads, Distances) * Sizes.Heads);
        for (nint i = 0; i < memory.Floats.Length; i++) memory.Floats[i] = 0.3f * ((i * 7 % 11) - 5);
        switch (Bias)
        {
            case DrawnBias.None: check.Run(this, mask, default(NoBias)); break;
            case DrawnBias.Alibi: check.Run(this, mask, new AlibiBias(memory.Floats)); break;
            default: check.Run(this, mask, new RelativeBias(new(-4, Distances)) { Table = memory.Floats, Layout = new(0, 0, Distances) }); break;
        }
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Sizes}, {Mask}, bias {Bias}, dropout {Dropout}, magnitude {Magnitude}, queries/keys/past [{string.Join(", ", Stretches.Select(s => $"{s.Queries}/{s.Keys}/{s.Past}"))}]");
}

/// <summary>Runs of keys are hidden as a hash of position and run says: any set of keys, often none.</summary>
/// <param name="Seed">another seed, other keys</param>
/// <param name="Run">keys that are hidden or seen together, at least 1</param>
public readonly record struct PatchyMask(int Seed, int Run) : IMask
{
    public KeyRange Next(in QueryPlace query, int from, int keys)
    {
        while (from < keys && Hides(query.Position, from)) from++;
        var end = from;
        while (end < keys && !Hides(query.Position, end)) end++;
        return new(from, end);
    }

    bool Hides(int position, int key) => (uint)(((position / 3 * 31) + (key / Run * 17) + Seed) * 0x9E3779B1) >> 31 == 0;
}

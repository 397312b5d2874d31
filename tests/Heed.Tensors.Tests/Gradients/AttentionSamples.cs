using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>Attention with every mask, every bias, and every awkward batch.</summary>
static class AttentionSamples
{
    // Numbers that biases read, held for as long as the tests run.
    static readonly FloatMemory Table = Filled();

    // The second sequence asks nothing; the third has nobody to ask, so its answer is zero.
    static readonly Segments Queries = new([3, 0, 1, 2]), Keys = new([2, 2, 0, 3]);
    static readonly Segments Sentences = new([3, 0, 1, 4]), Two = Segments.One(2), Long = Segments.One(70);

    public static IEnumerable<Sample> All =>
    [
        Cross("across sequences, one of them empty", new(2, 2, 3, 5, 0.6f), 0),
        Cross("with shared key heads", new(4, 2, 3, 1, 0.6f), 0),
        Cross("with dropout", new(2, 1, 3, 2, 0.6f), 0.4f),
        new("Attend one query to one key", i => Attend(i, Segments.One(1).Against(Segments.One(1)), new(1, 1, 1, 1, 1), 0), [[1, 1], [1, 1], [1, 1]]),
        new("Attend over more than one tile of keys", i => Attend(i, Two.Against(Long), new(1, 1, 2, 1, 1), 0), [[2, 2], [70, 2], [70, 1]]),
        new("Attend a tensor to itself", i => Attend(i.Operands(0, 0, 0), Sentences.Against(Sentences), new(2, 2, 3, 3, 0.6f), 0), [[8, 6]]),
        new("Attend a tensor to itself over tiles", i => Attend(i.Operands(0, 0, 0), Long.Against(Long), new(1, 1, 1, 1, 1), 0), [[70, 1]]),
        new("Attend with keys of no pair", i => Attend(i, [new(0, 4, 1, 3, 0), new(4, 2, 5, 1, 0)], new(2, 1, 3, 2, 0.6f), 0), [[6, 6], [7, 3], [7, 2]]),
        new("Attend with keys that are the values", i => Attend(i.Operands(0, 1, 1), Queries.Against(Keys), new(2, 1, 3, 3, 0.6f), 0), [[6, 6], [7, 3]]),
        Self("causal", new CausalMask(Strict: false), default(NoBias)),
        Self("strictly causal", new CausalMask(Strict: true), default(NoBias)),
        Self("window", new WindowMask(1, 1), default(NoBias)),
        Self("prefix", new PrefixMask(2), default(NoBias)),
        Self("blocks", new BlockMask(2), default(NoBias)),
        Self("causal window", new BothMask<CausalMask, WindowMask>(new(false), new(1, 0)), default(NoBias)),
        Self("linear bias", default(FullMask), new AlibiBias(Table.Floats.Slice(0, 2))),
        Related("scores by relation", 0.2f, scores: true),
        Related("biases by relation", 0.2f, biases: true),
        Related("values by relation", 0, values: true),
        Related("scores and values by relation", 0.2f, scores: true, values: true),
        Related("biases and values by relation", 0, biases: true, values: true),
        Related("relations of a tree", 0.2f, scores: true, values: true, distances: Trees),
        Self("relative bias", default(FullMask), new RelativeBias(new(-2, 5)) { Table = Table.Floats, Layout = new(0, 0, 5) }),
    ];

    static Sample Cross(string name, AttentionSizes sizes, float dropout) => new(
        $"Attend {name}", i => Attend(i, Queries.Against(Keys), sizes, dropout),
        [[6, sizes.Heads * sizes.Width], [7, sizes.KeyHeads * sizes.Width], [7, sizes.KeyHeads * sizes.ValueWidth]]);

    static Tensor Attend(Inputs i, SegmentPair[] pairs, AttentionSizes sizes, float dropout)
        => Ops.Attend(i.X[0], i.X[1], i.X[2], pairs, new(sizes, dropout, "attention"), default(FullMask), default(NoBias));

    static Sample Self<TMask, TBias>(string name, TMask mask, TBias bias) where TMask : struct, IMask where TBias : struct, IScoreBias => new(
        $"Attend with {name}",
        i => Ops.Attend(i.X[0], i.X[1], i.X[2], Sentences.Against(Sentences), new(new(2, 2, 2, 3, 0.7f), 0.2f, "attention"), mask, bias),
        [[8, 4], [8, 4], [8, 6]]);

    // Far apart, all of them: what is clipped at both ends has a gradient too.
    static readonly KeyDistances Trees = new([new[,] { { 0, 5, -5 }, { 1, 0, 2 }, { -9, 1, 0 } }, new int[0, 0], new[,] { { 0 } },
        new[,] { { 0, 1, 2, 1 }, { -1, 0, 1, 2 }, { 3, -2, 0, -1 }, { 2, 2, -3, 0 } }]);

    // Four heads share two key heads; five distances, or four buckets of them, read a table.
    static Sample Related(string name, float dropout, bool scores = false, bool biases = false, bool values = false, KeyDistances? distances = null)
    {
        Relation relation = biases ? new(-2, 5) { Buckets = [3, 0, 1, 1, 2], Numbers = 4 } : new(-2, 5) { Distances = distances };
        Shape[] operands = [[8, 8], [8, 4], [8, 6]], tables = values ? [[relation.Entries, 3]] : [];
        if (scores) operands = [.. operands, [8, 4 * relation.Entries]];
        if (biases) tables = [.. tables, [4, relation.Entries]];
        return new($"Attend with {name}", i => Ops.Attend(i.X[0], i.X[1], i.X[2], Sentences.Against(Sentences),
            new(new(4, 2, 2, 3, 0.7f), dropout, "layer"), new CausalMask(Strict: false),
            new(relation) { Scores = scores ? i.X[3] : null, Biases = biases ? i.P[^1] : null, Values = values ? i.P[0] : null }), operands, tables);
    }

    static FloatMemory Filled()
    {
        var memory = new FloatMemory(10);
        for (var i = 0; i < 10; i++) memory.Floats[i] = 0.3f * i - 1;
        return memory;
    }
}

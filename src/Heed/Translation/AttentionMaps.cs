using System.Globalization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>What the heads of a model looked at for one sentence pair.</summary>
public sealed class AttentionMaps
{
    readonly List<AttentionMap> maps = [];

    internal AttentionMaps() => Probe = new Collector(maps);

    /// <summary>One map for each head of each attention, in the order they were computed: encoder, then decoder layer by layer.</summary>
    public IReadOnlyList<AttentionMap> Maps => maps;

    internal Probe Probe { get; }

    /// <summary>For each target id (the end last) the weight of each source id, averaged over all heads and layers of the decoder's attention to the source. Rows sum to 1.</summary>
    /// <returns>[targets, sources]</returns>
    /// <exception cref="InvalidDataException">The decoder has no attention to the source.</exception>
    public float[,] Alignment()
    {
        var cross = maps.Where(map => map.Kind == "cross").ToList();
        if (cross.Count == 0)
            throw new InvalidDataException("The model's decoder never looks at the source's words, so there is no alignment: its score is none. Train one with another model.score.");
        var (rows, columns) = (cross[0].Weights.GetLength(0), cross[0].Weights.GetLength(1));
        var mean = new float[rows, columns];
        foreach (var map in cross)
            for (var t = 0; t < rows; t++)
                for (var s = 0; s < columns; s++) mean[t, s] += map.Weights[t, s] / cross.Count;
        return mean;
    }

    // stack.layer.kind, as in decoder.3.cross: what else has weights is no head of anybody's.
    static bool Read(string path, out (string Stack, int Layer, string Kind) place)
    {
        var layer = 0;
        var parts = path.Split('.');
        var known = parts.Length == 3 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out layer);
        place = known ? (parts[0], layer, parts[2]) : default;
        return known;
    }

    sealed class Collector(List<AttentionMap> maps) : Probe
    {
        public override bool Wants(string path) => Read(path, out _);

        public override void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights)
        {
            if (!Read(path, out var place)) return;
            nint at = 0;
            foreach (var pair in pairs)
                for (var head = 0; head < heads; head++)
                {
                    var map = new float[pair.Queries, pair.Keys];
                    for (var i = 0; i < pair.Queries; i++)
                        for (var j = 0; j < pair.Keys; j++) map[i, j] = weights[at++];
                    Add(new(place.Stack, place.Layer, place.Kind, head, map));
                }
        }

        // A decoder that goes step by step shows one row at a time: they are rows of one map.
        void Add(AttentionMap more)
        {
            var known = maps.FindIndex(map => (map.Stack, map.Layer, map.Kind, map.Head) == (more.Stack, more.Layer, more.Kind, more.Head));
            if (known < 0) maps.Add(more);
            else maps[known] = maps[known] with { Weights = Below(maps[known].Weights, more.Weights) };
        }

        static float[,] Below(float[,] upper, float[,] lower)
        {
            var (rows, columns) = (upper.GetLength(0), upper.GetLength(1));
            var joined = new float[rows + lower.GetLength(0), columns];
            for (var i = 0; i < joined.GetLength(0); i++)
                for (var j = 0; j < columns; j++) joined[i, j] = i < rows ? upper[i, j] : lower[i - rows, j];
            return joined;
        }
    }
}

/// <summary>What one head looked at.</summary>
/// <param name="Stack">"encoder" or "decoder"</param>
/// <param name="Layer">the block, from 0</param>
/// <param name="Kind">"self", or "cross" for the decoder's attention to the source</param>
/// <param name="Head">the head, from 0</param>
/// <param name="Weights">[queries, keys]</param>
public sealed record AttentionMap(string Stack, int Layer, string Kind, int Head, float[,] Weights);

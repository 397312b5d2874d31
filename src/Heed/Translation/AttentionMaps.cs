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
    public float[,] Alignment()
    {
        var cross = maps.Where(map => map.Kind == "cross").ToList();
        var (rows, columns) = (cross[0].Weights.GetLength(0), cross[0].Weights.GetLength(1));
        var mean = new float[rows, columns];
        foreach (var map in cross)
            for (var t = 0; t < rows; t++)
                for (var s = 0; s < columns; s++) mean[t, s] += map.Weights[t, s] / cross.Count;
        return mean;
    }

    sealed class Collector(List<AttentionMap> maps) : Probe
    {
        public override bool Wants(string path) => true;

        public override void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights)
        {
            var parts = path.Split('.');
            nint at = 0;
            foreach (var pair in pairs)
                for (var head = 0; head < heads; head++)
                {
                    var map = new float[pair.Queries, pair.Keys];
                    for (var i = 0; i < pair.Queries; i++)
                        for (var j = 0; j < pair.Keys; j++) map[i, j] = weights[at++];
                    maps.Add(new(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2], head, map));
                }
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

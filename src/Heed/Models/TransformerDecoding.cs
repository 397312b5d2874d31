using Heed.Attention;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Targets under construction by a Transformer: the source's keys and values, projected once, and a cache that grows by one row a call.</summary>
sealed class TransformerDecoding : IDecoding
{
    readonly Transformer model;
    readonly KeyTable history;
    readonly SourceTable sources;
    readonly GrowingKeyValues[] self;
    readonly FixedKeyValues[] cross;
    readonly LayerMemory[] memories;
    int[] indices = [];
    Places places = new(default);
    Segments segments = Segments.One(0);

    public TransformerDecoding(Transformer model, Workspace workspace, Tokens source)
    {
        this.model = model;
        history = new KeyTable(source.Segments.Count);
        sources = new SourceTable(source.Segments);
        using var pass = Pass.Infer(workspace);
        var encoded = model.Encode(pass, source);
        self = [.. model.Decoder.Select(_ => new GrowingKeyValues(history))];
        cross = [.. model.Decoder.Select(block => new FixedKeyValues(sources, block.ProjectSource(encoded)))];
        memories = [.. self.Zip(cross, (own, other) => new LayerMemory(own, other))];
    }

    public int Count => history.Count;

    public Tensor Next(Pass pass, int[] last)
    {
        if (last.Length != Count) throw new ArgumentException($"There are {Count} hypotheses but {last.Length} ids to append.", nameof(last));
        if (indices.Length != Count)
        {
            (indices, segments) = (new int[Count], Segments.One(Count));
            places = new Places(indices);
        }
        Array.Fill(indices, history.Length);
        history.Append();
        var rows = model.EmbedTarget(pass, new Tokens(last, segments, places));
        return model.Logits(model.Decode(rows, rows, memories));
    }

    public void Reorder(ReadOnlySpan<int> parents)
    {
        history.Reorder(parents);
        sources.Reorder(parents);
    }

    public void Dispose()
    {
        foreach (var memory in self) memory.Dispose();
        foreach (var memory in cross) memory.Dispose();
    }
}

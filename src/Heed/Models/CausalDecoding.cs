using Heed.Attention;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Texts under construction by a decoder-only model: a cache that grows by the prompt at once, then by one row a call.</summary>
sealed class CausalDecoding : IDecoding
{
    readonly CausalLanguageModel model;
    readonly KeyTable history;
    readonly GrowingKeyValues[] memories;
    readonly Sight sight;
    int[] indices = [];
    Segments segments = Segments.One(0);
    Places places = new(Array.Empty<int>());

    public CausalDecoding(CausalLanguageModel model, Workspace workspace, Tokens prompt)
    {
        this.model = model;
        history = new KeyTable(prompt.Segments.Count);
        memories = [.. Enumerable.Range(0, model.Decoder.Layers).Select(_ => new GrowingKeyValues(history))];
        sight = new(Mask.Causal, memories);
        Read(workspace, prompt);
    }

    public int Count => history.Count;

    public Tensor Next(Pass pass, int[] last)
    {
        if (last.Length != Count) throw new ArgumentException($"There are {Count} hypotheses but {last.Length} ids to append.", nameof(last));
        if (history.Length >= model.Config.Context)
            throw new InvalidOperationException($"The model sees {model.Config.Context} ids at once (context), and as many are there: begin again with the last of them.");
        if (indices.Length != Count)
        {
            (indices, segments) = (new int[Count], Segments.One(Count));
            places = new Places(indices);
        }
        Array.Fill(indices, history.Length);
        history.Append();
        return model.Logits(model.Decoder.Forward(pass, new Tokens(last, segments, places), sight));
    }

    // Every prompt's rows at once; what they become is of no use but for the keys and values they leave.
    void Read(Workspace workspace, Tokens prompt)
    {
        var lengths = prompt.Segments;
        var length = lengths.Count > 0 ? lengths.Length(0) : 0;
        for (var i = 1; i < lengths.Count; i++)
            if (lengths.Length(i) != length) throw new ArgumentException($"Prompts must have one length, but prompt 1 has {length} ids and prompt {i + 1} has {lengths.Length(i)}.", nameof(prompt));
        if (length >= model.Config.Context)
            throw new ArgumentException($"The prompt has {length} ids, but the model sees {model.Config.Context} at once (context) and needs room for one more.", nameof(prompt));
        if (length == 0) return;
        using var pass = Pass.Infer(workspace);
        history.Append(length);
        model.Decoder.Forward(pass, prompt, sight);
    }

    public void Reorder(ReadOnlySpan<int> parents) => history.Reorder(parents);

    public void Dispose()
    {
        foreach (var memory in memories) memory.Dispose();
    }
}

using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Targets under construction by a recurrent translator: the source, read once, and for each hypothesis its states and what is fed to its next step.</summary>
/// <remarks>What is kept stands in the rows of the last step. A search that reorders its hypotheses changes only which row is whose; the next step picks.</remarks>
sealed class RecurrentDecoding : IDecoding
{
    readonly RecurrentTranslator model;
    readonly Segments source;
    readonly Kept rows, keys, fed;
    readonly Kept[] states;
    readonly Tensor[] initial;
    int[] rowOf, sequenceOf;
    Segments each;
    SegmentPair[] pairs = [];
    int length;

    public RecurrentDecoding(RecurrentTranslator model, Workspace workspace, Tokens source)
    {
        this.model = model;
        this.source = source.Segments;
        rowOf = Numbers(source.Segments.Count);
        sequenceOf = Numbers(source.Segments.Count);
        each = Segments.Singles(source.Segments.Count);
        using var pass = Pass.Infer(workspace);
        var memory = model.Read(pass, source);
        rows = new(memory.Rows.Values);
        keys = new(memory.Keys);
        states = [.. memory.States.Select(state => new Kept(state))];
        initial = new Tensor[states.Length];
        fed = new(RecurrentTranslator.Nothing(pass.New([source.Segments.Count, model.Config.Embedding])));
    }

    public int Count => rowOf.Length;

    public Tensor Next(Pass pass, int[] last)
    {
        if (last.Length != Count) throw new ArgumentException($"There are {Count} hypotheses but {last.Length} ids to append.", nameof(last));
        if (each.Count != Count) each = Segments.Singles(Count);
        for (var i = 0; i < states.Length; i++) initial[i] = Ops.Pick(states[i].In(pass), rowOf);
        var x = model.EmbedTarget(pass, last);
        if (model.Config.InputFeeding) x = Ops.Beside(x, Ops.Pick(fed.In(pass), rowOf));
        var step = model.Step(new(x, each), initial, new(new(rows.In(pass), source), keys.In(pass), initial), Pairs());
        for (var i = 0; i < states.Length; i++) states[i].Keep(step.States[i]);
        if (model.Config.InputFeeding) fed.Keep(step.Attentional);
        for (var i = 0; i < rowOf.Length; i++) rowOf[i] = i;
        length++;
        return model.Logits(step.Attentional);
    }

    public void Reorder(ReadOnlySpan<int> parents)
    {
        rowOf = Picked(rowOf, parents);
        sequenceOf = Picked(sequenceOf, parents);
    }

    // Each hypothesis looks by itself: how far it has come is its place.
    SegmentPair[] Pairs()
    {
        if (pairs.Length != Count) pairs = new SegmentPair[Count];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = new(i, 1, source.Start(sequenceOf[i]), source.Length(sequenceOf[i]), Past: length);
        return pairs;
    }

    static int[] Picked(int[] from, ReadOnlySpan<int> parents)
    {
        // In place where nothing changes, as in a greedy search.
        var same = parents.Length == from.Length;
        for (var i = 0; same && i < parents.Length; i++) same = parents[i] == i;
        if (same) return from;
        var picked = new int[parents.Length];
        for (var i = 0; i < picked.Length; i++) picked[i] = from[parents[i]];
        return picked;
    }

    static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];

    public void Dispose()
    {
        foreach (var kept in (ReadOnlySpan<Kept>)[rows, keys, fed, .. states]) kept.Dispose();
    }

    /// <summary>Rows that outlive their pass.</summary>
    sealed class Kept : IDisposable
    {
        HeldMemory? memory;
        Shape shape;

        public Kept(Tensor rows) => Keep(rows);

        public Tensor In(Pass pass) => pass.Borrow(memory!.Floats, shape);

        public void Keep(Tensor rows)
        {
            if (memory is null || memory.Floats.Length < rows.Shape.Count)
            {
                memory?.Dispose();
                memory = rows.Pass.Hold(rows.Shape.Count);
            }
            rows.Data.CopyTo(memory.Floats);
            shape = rows.Shape;
        }

        public void Dispose() => memory?.Dispose();
    }
}

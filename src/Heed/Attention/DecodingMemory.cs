using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>Which stored row holds key t of hypothesis h: a table that all layers of a decoder share.</summary>
/// <remarks>
/// Rows are stored once, in the order they were made, and never move. When a search reorders its hypotheses, only this
/// table of integers is copied; the keys and values themselves are not.
/// </remarks>
public sealed class KeyTable
{
    int[] rows = [], spare = [];
    SegmentPair[] pairs = [];

    /// <summary>An empty history for each of <paramref name="count"/> hypotheses.</summary>
    public KeyTable(int count) => Count = count;

    /// <summary>How many hypotheses there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many keys each hypothesis has.</summary>
    public int Length { get; private set; }

    /// <summary>How many rows are stored.</summary>
    public int Stored { get; private set; }

    /// <summary>How many rows every hypothesis gained when rows were last appended.</summary>
    internal int Appended { get; private set; }

    /// <summary>The stored row of key t of hypothesis h at [h·Length + t].</summary>
    internal int[] Rows => rows;

    /// <summary>The queries of each hypothesis's last rows, which look at all its keys.</summary>
    internal SegmentPair[] Pairs => pairs;

    /// <summary>Appends stored rows to every hypothesis: those of the first one, then those of the second.</summary>
    /// <param name="count">how many each gains</param>
    internal void Append(int count = 1)
    {
        var longer = Length + count;
        Reserve(ref spare, Count * longer);
        for (var h = 0; h < Count; h++)
        {
            rows.AsSpan(h * Length, Length).CopyTo(spare.AsSpan(h * longer));
            for (var i = 0; i < count; i++) spare[h * longer + Length + i] = Stored + h * count + i;
        }
        (rows, spare) = (spare, rows);
        Stored += Count * count;
        Appended = count;
        if (pairs.Length != Count) pairs = new SegmentPair[Count];
        for (var h = 0; h < Count; h++) pairs[h] = new SegmentPair(h * count, count, h * longer, longer, Past: Length);
        Length = longer;
    }

    /// <summary>Hypothesis i becomes a copy of what hypothesis parents[i] was.</summary>
    internal void Reorder(ReadOnlySpan<int> parents)
    {
        Reserve(ref spare, parents.Length * Length);
        for (var i = 0; i < parents.Length; i++) rows.AsSpan(parents[i] * Length, Length).CopyTo(spare.AsSpan(i * Length));
        (rows, spare) = (spare, rows);
        Count = parents.Length;
    }

    static void Reserve(ref int[] array, int needed)
    {
        if (array.Length < needed) array = new int[Math.Max(needed, 2 * array.Length)];
    }
}

/// <summary>Keys and values that grow by as many rows for each hypothesis a call, most often one: a decoder's self-attention.</summary>
/// <param name="table">which stored row is whose key</param>
public sealed class GrowingKeyValues(KeyTable table) : KeyValues, IDisposable
{
    HeldMemory? keys, values;
    nint width;

    internal override Resolved Resolve(Rows x, Rows source, MultiHeadAttention attention)
    {
        var (k, v) = attention.Project(source);
        width = k.Shape.Columns;
        var first = table.Stored - table.Count * table.Appended;      // the table was appended to before the first layer ran
        Store(ref keys, k, first);
        Store(ref values, v, first);
        return new(Stored(x.Values.Pass, keys!), Stored(x.Values.Pass, values!), table.Pairs, table.Rows);
    }

    Tensor Stored(Pass pass, HeldMemory memory) => pass.Borrow(memory.Floats.Slice(0, table.Stored * width), [table.Stored, width]);

    void Store(ref HeldMemory? memory, Tensor made, int first)
    {
        var needed = table.Stored * width;
        if (memory is null || memory.Floats.Length < needed)
        {
            var wider = made.Pass.Hold(Math.Max(needed, 2 * (memory?.Floats.Length ?? 8 * needed)));
            memory?.Floats.Slice(0, first * width).CopyTo(wider.Floats);
            memory?.Dispose();
            memory = wider;
        }
        made.Data.CopyTo(memory.Floats.Slice(first * width, made.Shape.Count));
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        keys?.Dispose();
        values?.Dispose();
    }
}

/// <summary>Which hypotheses look at which source sequence: hypotheses of one sequence stand side by side.</summary>
public sealed class SourceTable
{
    readonly Segments source;
    int[] sequenceOf;
    SegmentPair[]? pairs;

    /// <summary>One hypothesis for each sequence of <paramref name="source"/>.</summary>
    public SourceTable(Segments source)
    {
        this.source = source;
        sequenceOf = [.. Enumerable.Range(0, source.Count)];
    }

    /// <summary>Neighbours that look at the same sequence are one pair.</summary>
    internal SegmentPair[] Pairs => pairs ??= Group();

    /// <summary>Hypothesis i looks where hypothesis parents[i] did.</summary>
    internal void Reorder(ReadOnlySpan<int> parents)
    {
        var reordered = new int[parents.Length];
        for (var i = 0; i < parents.Length; i++) reordered[i] = sequenceOf[parents[i]];
        if (reordered.AsSpan().SequenceEqual(sequenceOf)) return;
        (sequenceOf, pairs) = (reordered, null);
    }

    SegmentPair[] Group()
    {
        var grouped = new List<SegmentPair>();
        for (int i = 0, next; i < sequenceOf.Length; i = next)
        {
            var sequence = sequenceOf[i];
            for (next = i + 1; next < sequenceOf.Length && sequenceOf[next] == sequence; next++) { }
            grouped.Add(new SegmentPair(i, next - i, source.Start(sequence), source.Length(sequence), Past: 0));
        }
        return [.. grouped];
    }
}

/// <summary>Keys and values of a source, projected once.</summary>
public sealed class FixedKeyValues : KeyValues, IDisposable
{
    readonly SourceTable table;
    readonly HeldMemory keys, values;
    readonly Shape shape;

    /// <summary>Copies projected keys and values out of their pass.</summary>
    /// <param name="table">which hypothesis looks at which sequence</param>
    /// <param name="projected">[m, d] each</param>
    public FixedKeyValues(SourceTable table, (Tensor Keys, Tensor Values) projected)
    {
        this.table = table;
        shape = projected.Keys.Shape;
        keys = Copy(projected.Keys);
        values = Copy(projected.Values);
    }

    internal override Resolved Resolve(Rows x, Rows source, MultiHeadAttention attention)
        => new(x.Values.Pass.Borrow(keys.Floats, shape), x.Values.Pass.Borrow(values.Floats, shape), table.Pairs);

    static HeldMemory Copy(Tensor tensor)
    {
        var memory = tensor.Pass.Hold(tensor.Shape.Count);
        tensor.Data.CopyTo(memory.Floats);
        return memory;
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        keys.Dispose();
        values.Dispose();
    }
}

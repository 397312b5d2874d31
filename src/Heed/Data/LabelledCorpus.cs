using System.Runtime.InteropServices;

namespace Heed.Data;

/// <summary>Labelled sequences in memory, ids and labels in one array each: no object for each sequence.</summary>
public sealed class LabelledCorpus : ILabelledSequences
{
    readonly List<int> ids = [], labels = [];
    readonly List<int> ends = [0];

    /// <inheritdoc/>
    public int Count => ends.Count - 1;

    /// <summary>How many rows have a label.</summary>
    public long Labelled { get; private set; }

    /// <summary>Appends a sequence.</summary>
    /// <param name="sequence">its ids</param>
    /// <param name="own">as many labels; −1 where nothing is predicted</param>
    /// <exception cref="ArgumentException">The numbers differ.</exception>
    public void Add(IReadOnlyList<int> sequence, IReadOnlyList<int> own)
    {
        if (sequence.Count != own.Count) throw new ArgumentException($"There are {sequence.Count} ids but {own.Count} labels.", nameof(own));
        ids.AddRange(sequence);
        labels.AddRange(own);
        ends.Add(ids.Count);
        Labelled += own.Count(label => label >= 0);
    }

    /// <inheritdoc/>
    public int Length(int sequence) => ends[sequence + 1] - ends[sequence];

    /// <inheritdoc/>
    public void Read(int sequence, int epoch, List<int> ids, List<int> labels)
    {
        var range = ends[sequence]..ends[sequence + 1];
        ids.AddRange(CollectionsMarshal.AsSpan(this.ids)[range]);
        labels.AddRange(CollectionsMarshal.AsSpan(this.labels)[range]);
    }
}

using Heed.Models;
using Heed.Tensors;

namespace Heed.Data;

/// <summary>Sequences of ids with what is to be predicted at each row, by number.</summary>
public interface ILabelledSequences
{
    /// <summary>How many sequences there are.</summary>
    int Count { get; }

    /// <summary>How many ids a sequence has.</summary>
    int Length(int sequence);

    /// <summary>Appends the ids and labels of a sequence as an epoch reads them: a function of both numbers alone.</summary>
    /// <param name="sequence">which one, from 0</param>
    /// <param name="epoch">which epoch, from 0</param>
    /// <param name="ids">gains the ids</param>
    /// <param name="labels">gains as many labels; −1 where nothing is predicted</param>
    void Read(int sequence, int epoch, List<int> ids, List<int> labels);
}

/// <summary>Ragged batches of labelled sequences by a budget of ids, without end; see <see cref="Batches"/> for how they are drawn.</summary>
/// <param name="corpus">the sequences</param>
/// <param name="options">budget, pool and seed</param>
/// <param name="placing">says where the rows of some sequences stand, where it is not one after another alone</param>
public sealed class LabelledBatches(ILabelledSequences corpus, BatchOptions options, Func<IReadOnlyList<int>, Segments, Places>? placing = null)
{
    readonly BatchPlan plan = new(corpus.Count, sequence => (corpus.Length(sequence), 0), options);
    readonly List<int> ids = [], labels = [];

    /// <summary>The batches from <paramref name="position"/> on, each with the position after it.</summary>
    /// <exception cref="InvalidOperationException">There are no sequences.</exception>
    public IEnumerable<(LabelledBatch Batch, DataPosition After)> From(DataPosition position)
    {
        if (corpus.Count == 0) throw new InvalidOperationException("There are no sequences to train on.");
        for (var epoch = position.Epoch; ; epoch++)
        {
            var batches = plan.Of(epoch);
            for (var i = epoch == position.Epoch ? position.Batch : 0; i < batches.Count; i++)
                yield return (Collect(batches[i], epoch), i + 1 < batches.Count ? new(epoch, i + 1) : new(epoch + 1, 0));
        }
    }

    /// <summary>All sequences in order, in batches, once, as the first epoch reads them.</summary>
    public IEnumerable<LabelledBatch> InOrder() => plan.InOrder().Select(batch => Collect(batch, epoch: 0));

    /// <summary>How many batches an epoch has.</summary>
    public int CountOf(int epoch) => plan.Of(epoch).Count;

    LabelledBatch Collect(ArraySegment<int> sequences, int epoch)
    {
        ids.Clear();
        labels.Clear();
        var lengths = new int[sequences.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            var before = ids.Count;
            corpus.Read(sequences[i], epoch, ids, labels);
            lengths[i] = ids.Count - before;
        }
        var segments = new Segments(lengths);
        var text = placing is null ? new Tokens(ids.ToArray(), segments) : new Tokens(ids.ToArray(), segments, placing(sequences, segments));
        return new(text, labels.ToArray());
    }
}

using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Data;

/// <summary>Batches of windows of one long text, each row to predict the id that comes after it, without end.</summary>
/// <remarks>
/// A batch is a function of the seed and its place in the run, so a position in the data is two integers. An epoch is as many batches as hold the text once.
/// </remarks>
/// <param name="text">the ids of the text, at least two</param>
/// <param name="context">how many ids a window has, at least 1; the last one before the text's end may have fewer when they come in order</param>
/// <param name="options">how many, and which</param>
public sealed class Windows(ReadOnlyMemory<int> text, int context, WindowOptions options)
{
    readonly Stack<int[]> spare = [];
    Segments? whole;

    int Count => checked((int)(((long)text.Length - 2) / context + 1));

    /// <summary>How many batches an epoch has.</summary>
    public int BatchesPerEpoch => (Count - 1) / options.Sequences + 1;

    /// <summary>The batches from <paramref name="position"/> on, each with the position after it.</summary>
    /// <exception cref="InvalidOperationException">The text is too short for a window.</exception>
    public IEnumerable<(LabelledBatch Batch, DataPosition After)> From(DataPosition position)
    {
        if (text.Length < 2) throw new InvalidOperationException("There is no text to train on.");
        for (var (epoch, batch) = position; ;)
        {
            var made = options.Order == WindowOrder.Random ? Draw((ulong)epoch * (ulong)BatchesPerEpoch + (ulong)batch) : Take(batch);
            (epoch, batch) = batch + 1 < BatchesPerEpoch ? (epoch, batch + 1) : (epoch + 1, 0);
            yield return (made, new(epoch, batch));
        }
    }

    /// <summary>The whole text once, window after window.</summary>
    public IEnumerable<LabelledBatch> InOrder()
    {
        for (var batch = 0; batch < BatchesPerEpoch; batch++) yield return Take(batch);
    }

    /// <summary>Gives a batch's memory back to the batches that come after it. Nobody may use the batch any more; a second time does nothing.</summary>
    public void Recycle(LabelledBatch batch)
    {
        if (batch.Memory?.Take() is { } memory) spare.Push(memory);
    }

    LabelledBatch Draw(ulong number)
    {
        var random = new CounterRandom(options.Seed, number);
        var length = Math.Min(context, text.Length - 1);
        var (memory, segments) = Room(options.Sequences, length);
        for (var i = 0; i < options.Sequences; i++) Lay((int)random.Below((uint)(text.Length - length)), i * length, length, memory);
        return Join(memory, segments);
    }

    LabelledBatch Take(int batch)
    {
        var first = batch * options.Sequences;
        var windows = Math.Min(options.Sequences, Count - first);
        var last = Math.Min(context, text.Length - 1 - (first + windows - 1) * context);
        var (memory, segments) = last == context ? Room(windows, context) : Ragged(windows, last);
        for (var i = 0; i < windows; i++) Lay((first + i) * context, i * context, i == windows - 1 ? last : context, memory);
        return Join(memory, segments);
    }

    // Ids of all windows, then their labels.
    (int[] Memory, Segments Segments) Room(int windows, int length)
    {
        if (whole is null || whole.Count != windows || whole.Rows != windows * length) whole = new([.. Enumerable.Repeat(length, windows)]);
        return (Rent(2 * whole.Rows), whole);
    }

    (int[] Memory, Segments Segments) Ragged(int windows, int last)
    {
        var segments = new Segments([.. Enumerable.Repeat(context, windows - 1), last]);
        return (Rent(2 * segments.Rows), segments);
    }

    int[] Rent(int length) => spare.TryPop(out var memory) && memory.Length == length ? memory : new int[length];

    void Lay(int start, int row, int length, int[] memory)
    {
        text.Span.Slice(start, length).CopyTo(memory.AsSpan(row));
        text.Span.Slice(start + 1, length).CopyTo(memory.AsSpan(memory.Length / 2 + row));
    }

    static LabelledBatch Join(int[] memory, Segments segments)
    {
        var rows = segments.Rows;
        return new(new Tokens(memory.AsMemory(0, rows), segments), memory.AsMemory(rows, rows)) { Memory = new(memory) };
    }
}

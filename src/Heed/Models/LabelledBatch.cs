namespace Heed.Models;

/// <summary>Ids of sequences, and for each of their rows what is to be predicted there: the next id, the id that was hidden, a tag.</summary>
/// <param name="Text">what the model reads</param>
/// <param name="Labels">one for each row; −1 where nothing is predicted</param>
public sealed record LabelledBatch(Tokens Text, ReadOnlyMemory<int> Labels) : Batch
{
    /// <inheritdoc/>
    public override int TargetTokens { get; } = Labels.Length - Labels.Span.Count(-1);

    /// <summary>The rows at which something is predicted, in order.</summary>
    public int[] LabelledRows()
    {
        var rows = new int[TargetTokens];
        var count = 0;
        for (var row = 0; row < Labels.Length; row++)
            if (Labels.Span[row] >= 0) rows[count++] = row;
        return rows;
    }
}

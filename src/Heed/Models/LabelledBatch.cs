namespace Heed.Models;

/// <summary>Ids of sequences, and for each of their rows what is to be predicted there: the next id, the id that was hidden, a tag.</summary>
/// <param name="Text">what the model reads</param>
/// <param name="Labels">one for each row; −1 where nothing is predicted</param>
public sealed record LabelledBatch(Tokens Text, ReadOnlyMemory<int> Labels) : Batch
{
    /// <inheritdoc/>
    public override int TargetTokens { get; } = Labels.Length - Labels.Span.Count(-1);
}

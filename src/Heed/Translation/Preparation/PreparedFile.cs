namespace Heed.Translation;

/// <summary><c>prepared.json</c>: what prepared data was made from, and what became of the pairs.</summary>
sealed record PreparedFile
{
    /// <summary>What decides the ids.</summary>
    public PreparedInputs Inputs { get; init; } = new();

    /// <summary>What stands for inputs and tokenizers together, in hexadecimal digits.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Where the text lay when it was read; for the reader.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What became of the pairs.</summary>
    public DataAccount Account { get; init; } = new();
}

/// <summary><c>progress.json</c>: where an encoding stands that may be gone on with.</summary>
/// <param name="Pairs">pairs in the file of ids</param>
/// <param name="Ids">ids in it</param>
/// <param name="Account">what became of the pairs read so far</param>
sealed record EncodingState(long Pairs, long Ids, DataAccount Account);

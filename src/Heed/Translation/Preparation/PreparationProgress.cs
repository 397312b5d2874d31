namespace Heed.Translation;

/// <summary>How far the preparation of a corpus has come.</summary>
/// <param name="Work">what is being done</param>
/// <param name="Pairs">pairs that were read for it</param>
/// <param name="Bytes">bytes of their text, as UTF-8</param>
/// <param name="TotalBytes">bytes there are; 0 where that is not known, as of compressed text that is read for the first time</param>
public readonly record struct PreparationProgress(PreparationWork Work, long Pairs, long Bytes, long TotalBytes);

/// <summary>What a preparation does, in this order.</summary>
public enum PreparationWork
{
    /// <summary>Waits for another process that prepares the same.</summary>
    Waiting,

    /// <summary>Takes the fingerprints of the text.</summary>
    Fingerprint,

    /// <summary>Learns the tokenizers.</summary>
    Learning,

    /// <summary>Cuts text into ids.</summary>
    Encoding,
}

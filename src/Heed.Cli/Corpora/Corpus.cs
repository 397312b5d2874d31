namespace Heed.Cli.Corpora;

/// <summary>A published corpus that can be fetched.</summary>
/// <param name="Name">what it is called on the command line, and its directory below <c>data</c></param>
/// <param name="Description">what it is, in a few words</param>
/// <param name="Home">the address where its authors keep it</param>
/// <param name="Terms">what they say of its use</param>
/// <param name="Files">its files</param>
sealed record Corpus(string Name, string Description, string Home, string Terms, IReadOnlyList<CorpusFile> Files)
{
    /// <summary>All that can be fetched by name.</summary>
    public static IReadOnlyList<Corpus> All { get; } = [Multi30k.Corpus, TinyShakespeare.Corpus];
}

namespace Heed.Cli.Corpora;

/// <summary>A file of a published corpus.</summary>
/// <param name="Name">where it goes, below the corpus's directory</param>
/// <param name="Remote">where it is, below the corpus's home; plain or gzip</param>
/// <param name="Bytes">how long it is, unpacked</param>
/// <param name="Sha256">its checksum, unpacked</param>
sealed record CorpusFile(string Name, string Remote, long Bytes, string Sha256);

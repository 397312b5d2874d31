using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Heed.Text;

namespace Heed.Translation;

/// <summary>All that decides the ids of a corpus, by content: where the text lies does not count.</summary>
sealed record PreparedInputs
{
    /// <summary>Raised whenever the same inputs give other ids.</summary>
    public int Version { get; init; } = 1;

    /// <summary>SHA-256 of the files, in order.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Which pairs are left out.</summary>
    public DataFilters Filters { get; init; } = new();

    /// <summary>The most ids of a side.</summary>
    public int Longest { get; init; }

    /// <summary>How text becomes ids.</summary>
    public TokenizerRecipe Tokenizer { get; init; } = new();

    /// <summary>The inputs of a recipe; reads its training text once.</summary>
    public static PreparedInputs Of(Recipe recipe, CancellationToken cancel) => new()
    {
        Sources = [.. recipe.Data.Train.Files.Select(file => DigestOf(file, cancel))],
        Filters = recipe.Data.Filters,
        Longest = recipe.Longest,
        Tokenizer = recipe.Tokenizer with { Dropout = 0 },
    };

    /// <summary>Inputs as text: the same text, the same inputs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PreparedJson.Default.PreparedInputs);

    /// <summary>A short name for them.</summary>
    public string Key() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())))[..16];

    /// <summary>What stands for the ids: the inputs, and the tokenizers that were learned from them.</summary>
    public byte[] Fingerprint(Tokenizer source, Tokenizer target)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes(ToJson()));
        source.Save(bytes);
        if (target != source) target.Save(bytes);
        return SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    static string DigestOf(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

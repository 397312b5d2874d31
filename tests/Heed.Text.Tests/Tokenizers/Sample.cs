namespace Heed.Text.Tests;

/// <summary>A small tokenizer learned from lines of this repository.</summary>
static class Sample
{
    public static readonly IReadOnlyList<string> Text = [.. Data.Lines(Data.Golden("lines.txt"))];

    public static readonly Tokenizer Plain = BpeTrainer.Train(Text, new() { VocabularySize = 600 });

    public static readonly Tokenizer Normalised = BpeTrainer.Train(Text, new()
    {
        VocabularySize = 500,
        Normalizer = new NormalizerSequence(new Nfkc(), new Lowercase(), new CollapseWhitespace(), new Strip()),
    });

    public static byte[] File(Tokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        return stream.ToArray();
    }
}

using System.CommandLine;
using Heed.Text;

namespace Heed.Cli.Verbs;

/// <summary>A tokenizer by its file or by the model that it belongs to.</summary>
static class TokenizerFile
{
    const string Name = "tokenizer.json";

    public static Argument<string> Argument() => new("TOKENIZER") { Description = "A tokenizer.json, or a model directory with one." };

    /// <summary>Loads it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static Tokenizer Load(string path)
    {
        if (!Directory.Exists(path)) return File.Exists(path) ? Tokenizer.Load(path) : throw new FileNotFoundException($"There is no tokenizer '{path}'.", path);
        var inside = Path.Combine(Shared.ModelIn(path), Name);
        return File.Exists(inside) ? Tokenizer.Load(inside)
            : throw new FileNotFoundException($"'{path}' has no {Name}. Where source and target have tokenizers of their own, name one of the files.", inside);
    }
}

using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tokenizer</c>: the group.</summary>
sealed class TokenizerVerb : Command
{
    public TokenizerVerb(Terminal terminal) : base("tokenizer", "Learn a tokenizer; turn text into ids and back.")
    {
        Add(new TokenizerTrainVerb(terminal));
        Add(new TokenizerEncodeVerb(terminal));
        Add(new TokenizerDecodeVerb(terminal));
    }
}

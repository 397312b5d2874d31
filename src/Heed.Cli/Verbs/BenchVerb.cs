using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench</c>: the group.</summary>
sealed class BenchVerb : Command
{
    public BenchVerb(Terminal terminal) : base("bench", "Measure this machine and what Heed makes of it.")
    {
        Add(new BenchMatmulVerb(terminal));
        Add(new BenchRowsVerb(terminal));
        Add(new BenchAttentionVerb(terminal));
        Add(new BenchRecurrentVerb(terminal));
        Add(new BenchTrainVerb(terminal));
        Add(new BenchTranslateVerb(terminal));
    }
}

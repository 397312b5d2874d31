using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed runs</c>: the group.</summary>
sealed class RunsVerb : Command
{
    public RunsVerb(Terminal terminal) : base("runs", "List training runs and compare them.")
    {
        Add(new RunsListVerb(terminal));
        Add(new RunsCompareVerb(terminal));
    }
}

using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed data</c>: the group.</summary>
sealed class DataVerb : Command
{
    public DataVerb(Terminal terminal) : base("data", "Fetch a published corpus; look at a corpus; prepare it for training.")
    {
        Add(new DataGetVerb(terminal));
        Add(new DataStatsVerb(terminal));
        Add(new DataPrepareVerb(terminal));
    }
}

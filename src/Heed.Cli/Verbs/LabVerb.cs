using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Laboratory;

namespace Heed.Cli.Verbs;

/// <summary><c>heed lab</c>: the group.</summary>
sealed class LabVerb : Command
{
    public LabVerb(Terminal terminal) : base("lab", "Answer questions about attention by computing: numbers in the terminal, pictures on a page.")
    {
        Add(new LabListVerb(terminal));
        foreach (var experiment in Experiment.All) Add(new LabExperimentVerb(terminal, experiment));
    }
}

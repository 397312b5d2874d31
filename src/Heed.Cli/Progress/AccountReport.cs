using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>Prints what became of the pairs of a corpus.</summary>
static class AccountReport
{
    /// <summary>The counts, and the first pairs of each reason with their lines.</summary>
    public static void Print(DataAccount account, Terminal terminal)
    {
        var style = Style.OfOutput(terminal);
        void Row(string name, long count) => terminal.Output.WriteLine($"  {style.Dim(name.PadRight(16))} {Human.Count(count),13}{Share(count, account.Pairs)}");
        terminal.Output.WriteLine(style.Bold("Pairs"));
        Row("read", account.Pairs);
        Row("kept", account.Kept);
        foreach (var group in account.LeftOut) Row(group.Name, group.Count);
        terminal.Output.WriteLine($"  {style.Dim("ids".PadRight(16))} {Human.Count(account.SourceIds)} source, {Human.Count(account.TargetIds)} target");
        foreach (var group in account.LeftOut)
        {
            terminal.Output.WriteLine(style.Bold($"Left out: {group.Name}"));
            foreach (var example in group.Examples)
                terminal.Output.WriteLine($"  {style.Dim($"line {Human.Count(example.Line)}")}  {OneLine.Field(example.Source)} ↔ {OneLine.Field(example.Target)}");
        }
    }

    static string Share(long count, long all) => all == 0 ? "" : $"  {Human.Fixed(100.0 * count / all, 2),6} %";
}

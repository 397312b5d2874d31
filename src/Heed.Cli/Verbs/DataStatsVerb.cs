using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Corpora;
using Heed.Cli.Terminals;
using Heed.Data;

namespace Heed.Cli.Verbs;

/// <summary><c>heed data stats</c></summary>
sealed class DataStatsVerb : Verb
{
    const int Ranges = 12, BarColumns = 40;

    readonly Argument<string[]> files = new("FILE") { Description = "Text, one sentence a line, plain or gzip.", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<string?> source = new("--source", "-s") { Description = "One side of a parallel corpus.", HelpName = "FILE" };
    readonly Option<string?> target = new("--target", "-t") { Description = "The other side.", HelpName = "FILE" };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public DataStatsVerb(Terminal terminal) : base(terminal, "stats", "Count lines, words, lengths, repetitions of text or of a parallel corpus.")
    {
        Examples = ["heed data stats train.en train.de", "heed data stats --source train.en --target train.de", "heed data stats --source train.en --target train.de --json"];
        Details = "The two sides of a parallel corpus must have one line for each other; where they have not, both counts are said and the exit code is 1.";
        Add(files);
        foreach (var option in (Option[])[source, target, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var (from, to, single) = (given.GetValue(source), given.GetValue(target), given.GetValue(files) ?? []);
        if ((from is null) != (to is null)) throw new UsageException("--source and --target belong together; give both, or files without options.");
        if (from is null && single.Length == 0) throw new UsageException("Name files, or the two sides of a corpus with --source and --target.");
        var parallel = from is null ? null : ParallelText.Read(from, to!);
        var texts = single.Select(file => (Name: file, Count(TextLines.Read(file), interrupted))).ToList();
        if (parallel is not null) texts.AddRange([(from!, Count(parallel.Source, interrupted)), (to!, Count(parallel.Target, interrupted))]);
        if (given.GetValue(json)) Terminal.WriteJson(Json(texts, parallel));
        else
        {
            foreach (var (name, statistics) in texts) Print(name, statistics);
            if (parallel is not null) Print($"{from} ↔ {to}", Pairs(parallel));
        }
        return ExitCode.Ok;
    }

    static TextStatistics Count(IEnumerable<string> lines, CancellationToken interrupted)
    {
        var statistics = new TextStatistics();
        foreach (var line in lines)
        {
            interrupted.ThrowIfCancellationRequested();
            statistics.Add(line);
        }
        return statistics;
    }

    void Print(string name, TextStatistics statistics)
    {
        Print(name, statistics.Rows());
        var histogram = statistics.Histogram(Ranges);
        var most = Math.Max(1, histogram.Max(range => range.Lines));
        var style = Style.OfOutput(Terminal);
        var labels = histogram.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From}–{range.To}").ToList();
        var width = labels.Max(label => label.Length);
        for (var i = 0; i < histogram.Count; i++)
            Terminal.Output.WriteLine($"    {labels[i].PadLeft(width)}  {style.Cyan(Bar(histogram[i].Lines, most))} {Human.Count(histogram[i].Lines)}");
        Terminal.Output.WriteLine();
    }

    void Print(string title, IEnumerable<(string Name, string Value)> rows)
    {
        var style = Style.OfOutput(Terminal);
        Terminal.Output.WriteLine(style.Bold(title));
        foreach (var (name, value) in rows) Terminal.Output.WriteLine($"  {style.Dim(name.PadRight(14))} {value}");
    }

    // Eighths of a column, so that small counts are still seen.
    static string Bar(long value, long most)
    {
        var eighths = (int)Math.Ceiling(8.0 * BarColumns * value / most);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[eighths % 8 - 1].ToString());
    }

    static IEnumerable<(string Name, string Value)> Pairs(ParallelText text)
    {
        var (ratio, identical, repeated, halfEmpty) = Measure(text);
        yield return ("pairs", Human.Count(text.Count));
        yield return ("length ratio", $"{Human.Fixed(ratio, 3)} target words for each source word");
        yield return ("half empty", Human.Count(halfEmpty));
        yield return ("identical sides", Human.Count(identical));
        yield return ("repeated", Human.Count(repeated));
    }

    static (double Ratio, long Identical, long Repeated, long HalfEmpty) Measure(ParallelText text)
    {
        TextStatistics source = new(), target = new();
        var distinct = new HashSet<(string, string)>();
        long identical = 0, halfEmpty = 0;
        for (var i = 0; i < text.Count; i++)
        {
            var (from, to) = (text.Source[i], text.Target[i]);
            source.Add(from);
            target.Add(to);
            distinct.Add((from, to));
            if (from == to) identical++;
            if ((source.Lengths[i] == 0) != (target.Lengths[i] == 0)) halfEmpty++;
        }
        return (source.Words == 0 ? 0 : (double)target.Words / source.Words, identical, text.Count - distinct.Count, halfEmpty);
    }

    static JsonObject Json(IEnumerable<(string Name, TextStatistics Statistics)> texts, ParallelText? parallel)
    {
        var node = new JsonObject { ["files"] = new JsonArray([.. texts.Select(text => { var statistics = text.Statistics.Json(Ranges); statistics.Insert(0, "file", text.Name); return (JsonNode)statistics; })]) };
        if (parallel is null) return node;
        var (ratio, identical, repeated, halfEmpty) = Measure(parallel);
        node["pairs"] = new JsonObject { ["count"] = parallel.Count, ["ratio"] = ratio, ["identical"] = identical, ["repeated"] = repeated, ["halfEmpty"] = halfEmpty };
        return node;
    }
}

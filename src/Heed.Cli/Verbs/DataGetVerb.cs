using System.CommandLine;
using Heed.Cli.Corpora;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed data get</c></summary>
sealed class DataGetVerb : Verb
{
    readonly Argument<string> corpus = new Argument<string>("CORPUS")
    {
        Description = string.Join("; ", Corpus.All.Select(known => $"{known.Name}: {known.Description}")) + ".",
        DefaultValueFactory = _ => Corpus.All[0].Name,
    };
    readonly Option<string?> output = new("--out", "-o") { Description = "Where the files go; data/<corpus> unless told.", HelpName = "DIR" };
    readonly Option<string?> from = new("--from") { Description = "Take the files from this directory, packed or not, instead of the network.", HelpName = "DIR" };
    readonly Option<string?> mirror = new("--mirror") { Description = "Fetch from this address instead of the corpus's own.", HelpName = "URL" };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public DataGetVerb(Terminal terminal) : base(terminal, "get", "Fetch a published corpus and check every file.")
    {
        Examples =
        [
            "heed data get multi30k",
            "heed data get tinyshakespeare",
            "heed data get multi30k --from ~/downloads/multi30k-dataset",
            "heed data get multi30k --mirror https://mirror.example/multi30k/data/task1 --out corpora/multi30k",
        ];
        Details = "Files are unpacked and kept only when their SHA-256 is that of the published ones; those that are there already are left alone.";
        corpus.AcceptOnlyFromAmong([.. Corpus.All.Select(known => known.Name)]);
        Add(corpus);
        foreach (var option in (Option[])[output, from, mirror]) Add(option);
    }

    /// <summary>The files to fetch instead of the corpus's own, which a test brings.</summary>
    internal IReadOnlyList<CorpusFile>? Files { get; init; }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var (directory, address) = (given.GetValue(from), given.GetValue(mirror));
        if (directory is not null && address is not null) throw new UsageException("--from takes files from a directory and --mirror from an address; give one of them.");
        var named = Corpus.All.Single(known => known.Name == given.GetRequiredValue(corpus));
        var files = Files ?? named.Files;
        var target = given.GetValue(output) ?? Path.Combine("data", named.Name);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var fetch = new CorpusFetch(target, directory is not null ? CorpusFetch.FromDirectory(directory) : CorpusFetch.FromAddress(client, Address(address ?? named.Home)));
        var brought = 0;
        foreach (var file in files)
        {
            Terminal.Status($"  {file.Name}");
            if (fetch.Bring(file, interrupted)) brought++;
        }
        Terminal.Status("");
        Terminal.Say($"{Human.Count(files.Count, "file")} in {target}, {Human.Bytes(files.Sum(file => file.Bytes))}, all as published"
            + (brought == files.Count ? "." : $"; {Human.Count(files.Count - brought)} were there already."));
        Terminal.Say(named.Terms);
        return ExitCode.Ok;
    }

    static Uri Address(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new UsageException($"--mirror '{text}' is no address that begins with http:// or https://.");
}

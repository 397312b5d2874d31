using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Checkpoints;
using Heed.Cli.Terminals;
using Heed.Translation;
using Spectre.Console;
using Style = Heed.Cli.Terminals.Style;

namespace Heed.Cli.Verbs;

/// <summary><c>heed inspect</c></summary>
sealed class InspectVerb : Verb
{
    readonly Argument<string> model = new("MODEL") { Description = "A model, a checkpoint, a run, or a .safetensors file." };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public InspectVerb(Terminal terminal) : base(terminal, "inspect", "Show the tree of a model's parameters: names, shapes, sizes.")
    {
        Examples = ["heed inspect model", "heed inspect runs/multi30k-en-de/checkpoint-1000", "heed inspect model/model.safetensors --json"];
        Details = "Only the file's header is read, so it answers at once whatever the size. Where nobody looks, it prints one line for each parameter: name, shape, count, type.";
        Add(model);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var path = given.GetRequiredValue(model);
        if (!File.Exists(path)) path = Path.Combine(Shared.ModelIn(path), ModelFolder.WeightsFile);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no '{path}'. A model is a directory with {ModelFolder.WeightsFile}.", path);
        using var file = SafeTensorsFile.Open(path);
        var entries = file.Entries.OrderBy(entry => entry.Start).ToList();
        if (given.GetValue(json)) Terminal.WriteJson(Json(path, entries));
        else if (Terminal.OutputIsTerminal) Draw(path, entries);
        else
        {
            foreach (var entry in entries) Terminal.Output.WriteLine($"{entry.Name}\t{entry.Shape}\t{entry.Shape.Count}\t{entry.Type}");
        }
        return ExitCode.Ok;
    }

    static JsonObject Json(string path, List<SafeTensorsEntry> entries) => new()
    {
        ["file"] = path,
        ["parameters"] = entries.Sum(entry => (long)entry.Shape.Count),
        ["bytes"] = entries.Sum(entry => entry.End - entry.Start),
        ["tensors"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
        {
            ["name"] = entry.Name,
            ["shape"] = new JsonArray([.. Enumerable.Range(0, entry.Shape.Rank).Select(axis => (JsonNode)(long)entry.Shape[axis])]),
            ["count"] = (long)entry.Shape.Count,
            ["type"] = entry.Type,
        })]),
    };

    void Draw(string path, List<SafeTensorsEntry> entries)
    {
        var root = new Branch(Path.GetFileName(path));
        foreach (var entry in entries) root.Add(entry.Name.Split('.'), entry);
        root.Fold();
        var tree = new Tree(root.Label(isRoot: true)) { Guide = TreeGuide.Line };
        root.AddTo(tree);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Terminal.Output.WriteLine(Style.OfOutput(Terminal).Dim(folder));
        Terminal.Screen().Write(tree);
    }

    /// <summary>A name of the tree with what is below it.</summary>
    sealed class Branch(string name)
    {
        readonly List<Branch> below = [];
        SafeTensorsEntry? entry;
        string name = name;
        int times = 1;

        bool IsNumber => name.Length > 0 && name.All(char.IsAsciiDigit);

        string Likeness => $"{entry?.Shape}{entry?.Type}({string.Join(',', below.Select(branch => branch.name + branch.Likeness))})";

        long Count => (entry is null ? 0 : (long)entry.Shape.Count) + below.Sum(branch => branch.Count * branch.times);

        long Bytes => (entry is null ? 0 : entry.End - entry.Start) + below.Sum(branch => branch.Bytes * branch.times);

        public void Add(ReadOnlySpan<string> names, SafeTensorsEntry added)
        {
            if (names.IsEmpty)
            {
                entry = added;
                return;
            }
            var first = names[0];
            if (below.Find(branch => branch.name == first) is not { } next) below.Add(next = new Branch(first));
            next.Add(names[1..], added);
        }

        /// <summary>Numbered siblings of one shape are drawn once: "0 … 5".</summary>
        public void Fold()
        {
            foreach (var branch in below) branch.Fold();
            for (var i = 0; i + 1 < below.Count; i++)
            {
                var last = i;
                while (last + 1 < below.Count && below[i].IsNumber && below[last + 1].IsNumber && below[last + 1].Likeness == below[i].Likeness) last++;
                if (last == i) continue;
                below[i].times = last - i + 1;
                below[i].name = $"{below[i].name} … {below[last].name}";
                below.RemoveRange(i + 1, last - i);
            }
        }

        public string Label(bool isRoot = false)
        {
            var text = $"[bold]{Markup.Escape(name)}[/]";
            var repeated = times > 1 ? $"[dim]{times} ×[/] " : "";
            if (entry is not null) return $"{Markup.Escape(name)}  [cyan]{Markup.Escape(entry.Shape.ToString())}[/]  [dim]{Human.Count((long)entry.Shape.Count)}{(entry.Type == "F32" ? "" : " " + Markup.Escape(entry.Type))}[/]";
            return isRoot ? $"{text}  {Human.Count(Count)} parameters, {Human.Bytes(Bytes)}" : $"{text}  {repeated}[dim]{Human.Count(Count)}[/]";
        }

        public void AddTo(IHasTreeNodes parent)
        {
            foreach (var branch in below) branch.AddTo(parent.AddNode(branch.Label()));
        }
    }
}

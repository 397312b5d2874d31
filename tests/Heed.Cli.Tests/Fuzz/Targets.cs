using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Checkpoints;
using Heed.Cli.Recipes;
using Heed.Data;
using Heed.Kernels;
using Heed.Tensors;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Tests.Fuzz;

/// <summary>Recipes and overrides: what is read is without faults, and the same when it is written and read again.</summary>
sealed class RecipeTarget : Target
{
    static readonly string[] sets = ["model.width=64", "model.feedForward={kind: swiglu, width: 384}", "training.seed=7", "data.train.source='007'", "model.norm.kind=rms", "validation.tokenize=13a", "model.order=pre"];

    readonly byte[][] recipes;

    public RecipeTarget() => recipes = [.. Directory.EnumerateFiles(Places.InRepository("recipes")).Append(Tiny.Recipe(Folder)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    protected override long Read(Random random)
    {
        var recipe = recipes[random.Next(recipes.Length)];
        if (random.Next(8) > 0) recipe = Mutations.Some(recipe, random);
        string[] overrides = [.. Enumerable.Range(0, random.Next(3)).Select(_ => sets[random.Next(sets.Length)]).Select(set => random.Next(2) == 0 ? set : Mutations.Text(set, random))];
        File.WriteAllBytes(Folder["fuzz.yaml"], recipe);
        var read = RecipeFile.Read(Folder["fuzz.yaml"], overrides);
        Assert.Empty(read.Faults());
        var again = ConfigReader.Read<TaskRecipe>(JsonSerializer.SerializeToNode(read, HeedJson.Default.TaskRecipe), new Recipe(), HeedJson.Default.TaskRecipe, "again");
        Assert.Equal(read, again);
        return recipe.Length;
    }
}

/// <summary>Parallel text, plain or packed: as many lines as line feeds say, none with one in it.</summary>
sealed class CorpusTarget : Target
{
    static readonly byte[] text = Encoding.UTF8.GetBytes("the cat sleeps\nle chat dort\r\n\n\uFEFFa\u2028b\0c\r\n😀 e\u0301 שלום\tdort\n" + new string('a', 300) + "\nend");

    protected override long Read(Random random)
    {
        var (source, target) = (Side(random), Side(random));
        File.WriteAllBytes(Folder["s"], source);
        File.WriteAllBytes(Folder["t"], target);
        var lines = TextLines.Read(Folder["s"]).ToList();
        if (source is not [0x1F, 0x8B, ..]) Assert.Equal(Count(source), lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        _ = random.Next(4) == 0 ? ParallelText.ReadTabSeparated(Folder["s"]) : ParallelText.Read(Folder["s"], Folder["t"]);
        // Packed text may be a thousand times as long.
        return source.Length + target.Length + lines.Sum(line => (long)line.Length);
    }

    static byte[] Side(Random random)
    {
        var plain = random.Next(4) == 0 ? text : Mutations.Some(text, random);
        if (random.Next(3) > 0) return plain;
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(plain);
        return random.Next(2) == 0 ? packed.ToArray() : Mutations.Bytes(packed.ToArray(), random);
    }

    static int Count(byte[] bytes)
    {
        var rest = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        return rest.Count((byte)'\n') + (rest.Length > 0 && rest[^1] != '\n' ? 1 : 0);
    }
}

/// <summary>tokenizer.json: what is read gives text back as it was, and is the same when it is written and read again.</summary>
sealed class TokenizerTarget : Target
{
    static readonly string[] texts = ["the cat sleeps", "", " \t\r\n", "<s></s> \0 😀 e\u0301 שלום", new string('a', 300)];

    readonly byte[][] files;

    public TokenizerTarget()
    {
        string[] lines = [.. Tiny.Sentences(60).Source];
        Normalizer?[] normalizers = [null, new Nfc(), new NormalizerSequence([new Nfkc(), new Lowercase(), new CollapseWhitespace()])];
        files = [.. normalizers.Select(normalizer =>
        {
            using var stream = new MemoryStream();
            BpeTrainer.Train(lines, new BpeTrainerOptions { VocabularySize = 275, Normalizer = normalizer }).Save(stream);
            return stream.ToArray();
        })];
    }

    protected override long Read(Random random)
    {
        var bytes = Changed(files[random.Next(files.Length)], random);
        var tokenizer = Tokenizer.Load(new MemoryStream(bytes), "fuzz.json");
        using var saved = new MemoryStream();
        tokenizer.Save(saved);
        saved.Position = 0;
        var again = Tokenizer.Load(saved, "again.json");
        foreach (var line in texts)
        {
            var ids = tokenizer.Encode(line);
            Assert.Equal(tokenizer.Normalizer?.Apply(line) ?? line, tokenizer.Decode(ids));
            Assert.Equal(ids, again.Encode(line));
        }
        return bytes.Length;
    }

    public static byte[] Changed(byte[] json, Random random)
    {
        if (random.Next(2) == 0) return Mutations.Some(json, random);
        var tree = JsonNode.Parse(json)!;
        for (var left = random.Next(1, 4); left > 0; left--) Mutations.Tree(tree, random);
        return Encoding.UTF8.GetBytes(tree.ToJsonString(new JsonSerializerOptions { MaxDepth = 200 }));
    }
}

/// <summary>Safetensors: every tensor that is listed lies in the file and can be read, or is refused.</summary>
sealed class SafeTensorsTarget : Target
{
    readonly byte[] whole;

    public SafeTensorsTarget()
    {
        using var memory = new FloatMemory(30);
        memory.Floats.Clear();
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, [("a.weight", [4, 5], memory.Floats.Slice(0, 20)), ("empty", [0], memory.Floats.Slice(0, 0)), ("b", [10], memory.Floats.Slice(20, 10))], new Dictionary<string, string> { ["format"] = "fuzz" });
        whole = stream.ToArray();
    }

    protected override long Read(Random random)
    {
        var bytes = Changed(whole, random);
        File.WriteAllBytes(Folder["fuzz.safetensors"], bytes);
        using var file = SafeTensorsFile.Open(Folder["fuzz.safetensors"]);
        Assert.InRange(file.Entries.Sum(entry => entry.End - entry.Start), 0, bytes.Length);
        foreach (var entry in file.Entries.Where(entry => entry.Type == "F32"))
        {
            Assert.Equal(entry.End - entry.Start, entry.Shape.Count * sizeof(float));
            using var numbers = new FloatMemory(entry.Shape.Count);
            file.Read(entry.Name, numbers.Floats);
        }
        return bytes.Length;
    }

    /// <summary>A file of this kind, damaged in its header's tree, its header's text, or anywhere.</summary>
    public static byte[] Changed(byte[] whole, Random random)
    {
        if (random.Next(3) == 0) return Mutations.Bytes(whole, random);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        var header = TokenizerTarget.Changed(whole[8..(8 + length)], random);
        return Joined(header, whole.AsSpan(8 + length));
    }

    public static byte[] Joined(byte[] header, ReadOnlySpan<byte> data)
    {
        var joined = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(joined, header.Length);
        header.CopyTo(joined, 8);
        data.CopyTo(joined.AsSpan(8 + header.Length));
        return joined;
    }
}

/// <summary>Whole models with one file damaged: refused, or one line for each line; and with checksums in place the very lines of the model unharmed.</summary>
sealed class ModelTarget : Target
{
    static readonly string[] lines = ["the cat sleeps", "", "a small bird sees \r\u2028 zq"];
    static readonly string[] damaged = ["config.json", "tokenizer.json", "model.safetensors", "generation_config.json"];

    readonly CpuBackend backend = new(1);
    readonly Dictionary<string, byte[]> files;
    readonly IReadOnlyList<string> expected;

    public ModelTarget(string model)
    {
        files = damaged.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(model, name)), StringComparer.Ordinal);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Folder[name], bytes);
        expected = Translate();
    }

    protected override long Read(Random random)
    {
        var name = damaged[random.Next(damaged.Length)];
        var guarded = random.Next(2) == 0;
        var weights = guarded ? files["model.safetensors"] : WithoutMetadata(files["model.safetensors"]);
        File.WriteAllBytes(Folder["model.safetensors"], name == "model.safetensors" ? SafeTensorsTarget.Changed(weights, random) : weights);
        if (name != "model.safetensors") File.WriteAllBytes(Folder[name], TokenizerTarget.Changed(files[name], random));
        try
        {
            var found = Translate();
            Assert.Equal(lines.Length, found.Count);
            if (guarded && KeepsChecksums()) Assert.Equal(expected, found);
        }
        finally
        {
            File.WriteAllBytes(Folder[name], files[name]);
        }
        return files.Values.Sum(bytes => bytes.Length);
    }

    IReadOnlyList<string> Translate()
    {
        using var model = ModelFolder.Load(Folder.Path);
        using var translator = new Translator(model, backend);
        return translator.Translate(lines, new() { Beam = 2, LengthSurplus = 4 });
    }

    // Damage may have taken the checksums out with the rest of the metadata.
    bool KeepsChecksums()
    {
        using var file = SafeTensorsFile.Open(Folder["model.safetensors"]);
        return ((string[])["crc32c", "crc32c:config.json", "crc32c:tokenizer.json"]).All(file.Metadata.ContainsKey);
    }

    static byte[] WithoutMetadata(byte[] whole)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        var header = JsonNode.Parse(whole.AsSpan(8, length))!.AsObject();
        header.Remove("__metadata__");
        return SafeTensorsTarget.Joined(Encoding.UTF8.GetBytes(header.ToJsonString()), whole.AsSpan(8 + length));
    }
}

/// <summary>Command lines: an exit code there is, a sentence where it is not 0, no trace, and of translate a line for a line.</summary>
sealed class CommandLineTarget : Target
{
    const string Input = "the cat sleeps\n\n\uFEFFa\u2028 dog\r\nend";

    static readonly string[] words = [.. Mutations.Texts, "0", "1", "-1", "2147483647", "99999999999", "0.5", "nan", "--help", "--json", "--verbose", "--set", "-o", "--beam", "--threads", "bleu", "@file", "[suggest]", "//", "train", "init"];

    readonly string[][] commands;

    public CommandLineTarget(string run)
    {
        var recipe = Tiny.Recipe(Folder);
        string text = Folder.Write("text", Input), other = Folder.Write("other", "le chat\n\nun\nchien\n"), model = Path.Combine(run, "model");
        commands =
        [
            ["translate", model, "--input", text, "--output", "OUT", "--beam", "2", "--threads", "1", "--max-length", "20"],
            ["translate", run, "--align", "--scores", "-t", "1"],
            ["translate", model, "--sample", "--seed", "3", "--temperature", "0.8", "--top-k", "5", "--threads", "1"],
            ["evaluate", model, "--source", text, "--reference", other, "--min", "bleu=0", "--threads", "1", "--metric", "bleu,chrf", "--json"],
            ["score", "--reference", other, "--hypothesis", text, "--metric", "bleu,chrf++", "--tokenize", "intl", "--smooth", "floor"],
            ["tokenizer", "encode", model, "--input", text, "--pieces"],
            ["tokenizer", "decode", model, "--output", "OUT"],
            ["tokenizer", "train", "--input", text, other, "--vocabulary", "270", "--output", "OUT", "--normalise", "nfkc"],
            ["inspect", model, "--json"],
            ["data", "stats", text, other], ["data", "stats", "--source", text, "--target", other, "--json"],
            ["train", recipe, "--threads", "1", "--seed", "2", "--set", "model.width=16", "--dry-run"],
            ["init", recipe, "--out", "OUTDIR", "--set", "tokenizer.vocabulary=270"],
            ["average", run, "--last", "2", "--out", "OUTDIR"],
            ["env"], ["--version"], ["--help"], [],
        ];
    }

    protected override long Read(Random random)
    {
        var command = commands[random.Next(commands.Length)];
        List<string> changed = [.. command];
        for (var left = random.Next(4); left > 0; left--) Change(changed, random);
        KeepHarmless(changed);
        // No case sees what another left.
        if (Directory.Exists(Folder["outdir"])) Directory.Delete(Folder["outdir"], recursive: true);
        File.Delete(Folder["out"]);
        var ran = Heed.RunOn(Input, [.. changed]).GetAwaiter().GetResult();
        var shown = string.Join(' ', changed);
        Assert.True(ran.Code is ExitCode.Ok or ExitCode.Failed or ExitCode.Usage or ExitCode.BarMissed, $"{shown}: {ran.Code}");
        Assert.True(ran.Code == ExitCode.Ok || ran.Messages.Length > 0, $"{shown}: says nothing");
        Assert.DoesNotContain("This should not happen", ran.Messages, StringComparison.Ordinal);
        if (!changed.Contains("--verbose")) Assert.DoesNotContain("\n   at ", ran.Messages, StringComparison.Ordinal);
        // Unchanged, every one of them works, but for text that is no ids, and the command that is none.
        if (changed.SequenceEqual(Named(command)) && command is not (["tokenizer", "decode", ..] or [])) Assert.True(ran.Code == ExitCode.Ok, $"{shown}: {ran.Messages}");
        if (ran is { Code: ExitCode.Ok, Output.Length: > 0 } && changed is ["translate", ..] && !changed.Exists(word => word is "-h" or "--help" or "-?" or "/?" or "/h"))
            Assert.Equal(4, ran.Lines.Length);
        return 1 << 16;
    }

    void Change(List<string> command, Random random)
    {
        var from = commands[random.Next(commands.Length)];
        var word = from.Length > 0 && random.Next(2) == 0 ? from[random.Next(from.Length)] : words[random.Next(words.Length)];
        var at = random.Next(command.Count + 1);
        var there = at < command.Count;
        switch (random.Next(5))
        {
            case 0: command.Insert(at, word); return;
            case 1 when there: command[at] = word; return;
            case 2 when there: command.RemoveAt(at); return;
            case 3 when there: command[at] = Mutations.Text(command[at], random); return;
            case 4 when at + 1 < command.Count:
                command[at] += "=" + command[at + 1];
                command.RemoveAt(at + 1);
                return;
            default: return;
        }
    }

    // Nothing is trained, and nothing is written outside the folder.
    void KeepHarmless(List<string> command)
    {
        if (command.Contains("train") && !command.Contains("tokenizer") && !command.Contains("--dry-run")) command.Add("--dry-run");
        if (command.Contains("tokenizer") && command.Contains("train") && !command.Contains("--output")) command.AddRange(["--output", "OUT"]);
        for (var i = 0; i < command.Count; i++)
        {
            var follows = i > 0 && (command[i - 1].StartsWith("-o", StringComparison.Ordinal) || command[i - 1].StartsWith("--out", StringComparison.Ordinal));
            if (command[i].StartsWith("--out", StringComparison.Ordinal) && command[i].Contains('=', StringComparison.Ordinal)) command[i] = "--out=OUT";
            if (command[i].StartsWith("-o", StringComparison.Ordinal) && command[i].Length > 2) command[i] = "-o";
            if (follows && !command[i].StartsWith('-')) command[i] = command.Contains("init") || command.Contains("average") ? "OUTDIR" : "OUT";
        }
        var named = Named([.. command]).ToList();
        command.Clear();
        command.AddRange(named);
    }

    IEnumerable<string> Named(IReadOnlyList<string> command) => command.Select(word => word.Replace("OUTDIR", Folder["outdir"], StringComparison.Ordinal).Replace("OUT", Folder["out"], StringComparison.Ordinal));
}

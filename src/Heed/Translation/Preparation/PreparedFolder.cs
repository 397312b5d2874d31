using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Heed.Checkpoints;
using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A directory of prepared data, and the one beside it in which it is made: it is whole or it is not there.</summary>
sealed class PreparedFolder(string path)
{
    const string PreparedName = "prepared.json", InputsName = "inputs.json", StateName = "progress.json", PairsName = "train.pairs";
    const string JointName = "tokenizer.json", SourceName = "source_tokenizer.json", TargetName = "target_tokenizer.json";

    readonly string aside = path + Draft.Unfinished;

    /// <summary>Whether a directory holds prepared data, whole or in the making.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, PreparedName)) || File.Exists(Path.Combine(folder, InputsName));

    /// <summary>Where it is.</summary>
    public string Root => path;

    /// <summary>The file of ids, while it is made.</summary>
    public string PairsAside => Path.Combine(aside, PairsName);

    /// <summary>Whether all is made but for the name of the directory.</summary>
    public bool IsComplete => File.Exists(Path.Combine(aside, PreparedName));

    /// <summary>Opens what was made from these inputs; nothing where there is none.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">Other files are in the directory.</exception>
    public (PreparedFile File, Tokenizer Source, Tokenizer Target, PairFile Pairs)? Open(PreparedInputs inputs)
    {
        if (!Directory.Exists(path)) return null;
        var name = Path.Combine(path, PreparedName);
        if (!File.Exists(name)) throw new IOException($"'{path}' holds no prepared data, and files that are none would be in its way. Choose another directory (data.prepared, or --out).");
        if (Read(name, PreparedJson.Default.PreparedFile) is not { } file) throw new InvalidDataException($"'{name}' is damaged; delete the directory '{path}', and it will be made again.");
        if (file.Inputs.ToJson() != inputs.ToJson()) return null;
        if (ReadTokenizers(path) is not var (source, target) || !File.Exists(Path.Combine(path, PairsName)))
            throw new InvalidDataException($"'{path}' has no tokenizer or no {PairsName}; delete the directory, and it will be made again.");
        var pairs = PairFile.Open(Path.Combine(path, PairsName));
        var fingerprint = inputs.Fingerprint(source, target);
        if (pairs.Fingerprint.SequenceEqual(fingerprint) && file.Fingerprint == Convert.ToHexStringLower(fingerprint)) return (file, source, target, pairs);
        pairs.Dispose();
        throw new InvalidDataException($"The files in '{path}' do not belong together: ids, tokenizer and {PreparedName} have different fingerprints. Delete the directory, and it will be made again.");
    }

    /// <summary>Makes room for the work on these inputs, keeping what was done of it.</summary>
    public void Begin(PreparedInputs inputs)
    {
        var name = Path.Combine(aside, InputsName);
        if (Directory.Exists(aside) && !(File.Exists(name) && File.ReadAllText(name) == inputs.ToJson())) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        if (!File.Exists(name)) Write(name, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(inputs.ToJson())));
    }

    /// <summary>The tokenizers that were learned already.</summary>
    public (Tokenizer Source, Tokenizer Target)? Tokenizers() => ReadTokenizers(aside);

    /// <summary>Keeps tokenizers that were learned; the joint one, or the target's, last.</summary>
    public void Keep(Tokenizer source, Tokenizer target)
    {
        if (source != target) Write(Path.Combine(aside, SourceName), source.Save);
        Write(Path.Combine(aside, source == target ? JointName : TargetName), target.Save);
    }

    /// <summary>Where the encoding stood when it last said so.</summary>
    public EncodingState State() => Read(Path.Combine(aside, StateName), PreparedJson.Default.EncodingState) ?? new(0, 0, new());

    /// <summary>Says where the encoding stands; the ids must be on the disk already.</summary>
    public void Keep(EncodingState state) => Write(Path.Combine(aside, StateName), stream => JsonSerializer.Serialize(stream, state, PreparedJson.Default.EncodingState));

    /// <summary>Says that all is made.</summary>
    public void Complete(PreparedFile file) => Write(Path.Combine(aside, PreparedName), stream => JsonSerializer.Serialize(stream, file, PreparedJson.Default.PreparedFile));

    /// <summary>Gives what is complete its name, in place of what is out of date.</summary>
    public void Publish()
    {
        Disk.Real.FlushDirectory(aside);
        Disk.Real.DeleteDirectory(path);
        Disk.Real.MoveDirectory(aside, path);
        Disk.Real.FlushDirectory(Disk.ParentOf(path));
        PairFileWriter.DeleteRest(Path.Combine(path, PairsName));
        foreach (var name in (string[])[StateName, InputsName]) File.Delete(Path.Combine(path, name));
    }

    /// <summary>Takes the right to make the directory; nothing while another process has it. A process that ends, however, gives it back.</summary>
    /// <exception cref="IOException">The place cannot be written to.</exception>
    public FolderLock? TryLock()
    {
        Disk.Real.MakeDirectory(Disk.ParentOf(path));
        return FolderLock.TryTake(path + ".lock");
    }

    static (Tokenizer Source, Tokenizer Target)? ReadTokenizers(string folder)
    {
        string joint = Path.Combine(folder, JointName), source = Path.Combine(folder, SourceName), target = Path.Combine(folder, TargetName);
        if (File.Exists(joint)) return Tokenizer.Load(joint) is var both ? (both, both) : null;
        return File.Exists(source) && File.Exists(target) ? (Tokenizer.Load(source), Tokenizer.Load(target)) : null;
    }

    // Nothing where there is no such file, or one that says nothing.
    static T? Read<T>(string file, JsonTypeInfo<T> type) where T : class
    {
        if (!File.Exists(file)) return null;
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static void Write(string file, Action<Stream> write)
    {
        using (var stream = Disk.Real.Open(file + ".new", FileMode.Create))
        using (var buffer = new BufferedStream(stream, 1 << 16))
        {
            write(buffer);
            buffer.Flush();
            stream.Flush(flushToDisk: true);
        }
        Disk.Real.MoveFile(file + ".new", file);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Heed.Checkpoints;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A model as a directory: <c>config.json</c>, <c>model.safetensors</c>, <c>tokenizer.json</c>, <c>generation_config.json</c>, <c>README.md</c>.</summary>
public static class ModelFolder
{
    /// <summary>The parameters.</summary>
    public const string WeightsFile = "model.safetensors";

    const string ConfigFile = "config.json", GenerationFile = "generation_config.json", CardFile = "README.md";
    const string JointTokenizer = "tokenizer.json", SourceTokenizer = "source_tokenizer.json", TargetTokenizer = "target_tokenizer.json";

    /// <summary>Whether a directory looks like a model.</summary>
    public static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ConfigFile)) && File.Exists(Path.Combine(folder, WeightsFile));

    /// <summary>Loads a model.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another; the message says which, where, and what to do.</exception>
    public static TranslationModel Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no directory '{folder}'.");
        // Beside the rest: reading the vocabularies takes about as long as all else together.
        var tokenizers = Task.Run(() => ReadTokenizers(folder));
        var config = ReadConfig(folder);
        var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, config);
        using (var weights = SafeTensorsFile.Open(Existing(folder, WeightsFile))) parameters.Load(weights);
        var (source, target) = tokenizers.GetAwaiter().GetResult();
        Check(folder, "source", source.VocabularySize, config.SourceVocabulary);
        Check(folder, "target", target.VocabularySize, config.TargetVocabulary);
        var generation = Path.Combine(folder, GenerationFile);
        return new(model, parameters, source, target, File.Exists(generation) ? ReadJson(generation, new DecodingOptions(), HeedJson.Default.DecodingOptions) : new());
    }

    /// <summary>The shape of the model in a directory, without its parameters.</summary>
    public static TransformerConfig ReadConfig(string folder)
    {
        var path = Existing(folder, ConfigFile);
        var file = ReadJson(path, new ModelFile(), HeedJson.Default.ModelFile);
        if (file.Architecture != ModelFile.TransformerArchitecture)
            throw new InvalidDataException($"'{path}', architecture: found '{file.Architecture}', expected '{ModelFile.TransformerArchitecture}'.");
        var faults = file.Transformer.Faults().ToList();
        return faults.Count == 0 ? file.Transformer : throw new InvalidDataException($"'{path}' describes no model:\n  {string.Join("\n  ", faults)}");
    }

    /// <summary>Checks that a model can be written to a directory: it is not there, empty, or a model that is replaced.</summary>
    /// <exception cref="IOException">Other files are in it.</exception>
    public static void CheckFree(string folder)
    {
        if (File.Exists(folder)) throw new IOException($"'{folder}' is a file; choose another --out.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !IsModel(folder))
            throw new IOException($"'{folder}' holds files that are no model; choose another --out.");
    }

    /// <summary>Writes a model aside, flushes it to the disk, and gives it its name, in place of a model that had it: it is whole or it is not there.</summary>
    /// <param name="folder">where</param>
    /// <param name="model">what</param>
    /// <param name="card">facts for the model card: what it was trained on, how well it does</param>
    /// <exception cref="IOException">Other files are in the directory, or the disk is full or cannot be written to; what was there is as it was.</exception>
    public static void Save(string folder, TranslationModel model, IReadOnlyList<(string Name, string Value)> card)
    {
        CheckFree(folder);
        try
        {
            Draft.Publish(Disk.Real, folder, draft => Write(draft, model, card));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The model cannot be written to '{folder}': {fault.Message.TrimEnd('.')}. Make room there or choose another --out.", fault);
        }
    }

    /// <summary>Adds the files of a model to a directory that is being written.</summary>
    internal static void Write(Draft draft, TranslationModel model, IReadOnlyList<(string Name, string Value)> card)
    {
        draft.Add(ConfigFile, stream => WriteJson(stream, new ModelFile { Transformer = model.Model.Config }, HeedJson.Default.ModelFile));
        draft.Add(GenerationFile, stream => WriteJson(stream, model.Decoding, HeedJson.Default.DecodingOptions));
        if (model.Source == model.Target) draft.Add(JointTokenizer, model.Source.Save);
        else
        {
            draft.Add(SourceTokenizer, model.Source.Save);
            draft.Add(TargetTokenizer, model.Target.Save);
        }
        draft.Add(WeightsFile, stream => SafeTensorsWriter.Write(stream,
            [.. model.Parameters.Parameters.Select(parameter => (parameter.Path, parameter.Shape, parameter.Value))],
            new Dictionary<string, string> { ["format"] = "heed" }));
        draft.Add(CardFile, stream => stream.Write(Encoding.UTF8.GetBytes(Card(model, card))));
    }

    /// <summary>The files of a model's tokenizers.</summary>
    internal static IReadOnlyList<string> TokenizersOf(string folder)
        => [.. ((string[])[JointTokenizer, SourceTokenizer, TargetTokenizer]).Select(name => Path.Combine(folder, name)).Where(File.Exists)];

    /// <summary>Reads a JSON configuration file.</summary>
    internal static T ReadJson<T>(string path, T defaults, JsonTypeInfo<T> type)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var parsed = JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ConfigReader.Read(parsed, defaults, type, path);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{path}' is not JSON: {fault.Message}", fault);
        }
    }

    /// <summary>Writes JSON.</summary>
    internal static void WriteJson<T>(Stream stream, T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(stream, value, type);
        stream.WriteByte((byte)'\n');
    }

    static (Tokenizer Source, Tokenizer Target) ReadTokenizers(string folder)
    {
        var joint = File.Exists(Path.Combine(folder, JointTokenizer));
        var source = Tokenizer.Load(Existing(folder, joint ? JointTokenizer : SourceTokenizer));
        var target = joint ? source : Tokenizer.Load(Existing(folder, TargetTokenizer));
        return (source, target);
    }

    static void Check(string folder, string side, int found, int expected)
    {
        if (found != expected)
            throw new InvalidDataException($"The {side} tokenizer in '{folder}' has {found} ids, but {ConfigFile} says {side}Vocabulary: {expected}. It belongs to another model; put the model's own tokenizer there.");
    }

    static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new InvalidDataException($"'{folder}' has no {file}; a model is a directory with {ConfigFile}, {WeightsFile} and {JointTokenizer}.");
    }

    static string Card(TranslationModel model, IReadOnlyList<(string Name, string Value)> facts)
    {
        var c = model.Model.Config;
        var card = new StringBuilder("# Translation model\n\nAn encoder-decoder Transformer trained with Heed. Use it with `heed translate` or `Translator.Load`.\n\n| | |\n|---|---|\n");
        void Row(string name, string value) => card.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        Row("Parameters", model.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture));
        Row("Layers", $"{c.EncoderLayers} + {c.DecoderLayers}");
        Row("Width, heads, feed-forward", $"{c.Width}, {c.Heads}, {c.FeedForward.Width}");
        Row("Vocabulary", $"{c.SourceVocabulary} source, {c.TargetVocabulary} target");
        foreach (var (name, value) in facts) Row(name, value);
        return card.ToString();
    }
}

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

    /// <summary>Writes a model, every file flushed to the disk. The directory must exist.</summary>
    /// <param name="folder">where</param>
    /// <param name="model">what</param>
    /// <param name="card">what it was trained on, how well it does</param>
    public static void Save(string folder, TranslationModel model, ModelCard card)
    {
        WriteJson(Path.Combine(folder, ConfigFile), new ModelFile { Transformer = model.Model.Config }, HeedJson.Default.ModelFile);
        WriteJson(Path.Combine(folder, GenerationFile), model.Decoding, HeedJson.Default.DecodingOptions);
        if (model.Source == model.Target) WriteFlushed(Path.Combine(folder, JointTokenizer), model.Source.Save);
        else
        {
            WriteFlushed(Path.Combine(folder, SourceTokenizer), model.Source.Save);
            WriteFlushed(Path.Combine(folder, TargetTokenizer), model.Target.Save);
        }
        WriteFlushed(Path.Combine(folder, WeightsFile), stream => SafeTensorsWriter.Write(stream,
            [.. model.Parameters.Parameters.Select(parameter => (parameter.Path, parameter.Shape, parameter.Value))],
            new Dictionary<string, string> { ["format"] = "heed" }));
        WriteFlushed(Path.Combine(folder, CardFile), stream => stream.Write(Encoding.UTF8.GetBytes(card.Write(model))));
    }

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

    /// <summary>Writes a JSON file, flushed to the disk.</summary>
    internal static void WriteJson<T>(string path, T value, JsonTypeInfo<T> type) => WriteFlushed(path, stream =>
    {
        JsonSerializer.Serialize(stream, value, type);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>Writes a file and waits until the disk has it.</summary>
    internal static void WriteFlushed(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
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
}

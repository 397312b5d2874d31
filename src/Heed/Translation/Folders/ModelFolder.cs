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
    internal const string JointTokenizer = "tokenizer.json", SourceTokenizer = "source_tokenizer.json", TargetTokenizer = "target_tokenizer.json";

    const int LargestConfig = 1 << 20, LargestTokenizer = 256 << 20;

    /// <summary>Whether a directory looks like a model.</summary>
    public static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ConfigFile)) && File.Exists(Path.Combine(folder, WeightsFile));

    /// <summary>Loads a translation model.</summary>
    /// <inheritdoc cref="Load{TModel}(string)"/>
    public static TranslationModel Load(string folder) => Load<TranslationModel>(folder);

    /// <summary>Loads a model of one kind, or of any: <see cref="TrainedModel"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or the model is of another kind; the message says which, where, and what to do. No more memory is taken than the files are long.</exception>
    public static TModel Load<TModel>(string folder) where TModel : TrainedModel
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no directory '{folder}'.");
        // Beside the rest: reading the vocabularies takes about as long as all else together.
        var tokenizers = Task.Run(() => ReadTokenizers(folder));
        var file = ReadFile(folder);
        using var weights = SafeTensorsFile.Open(Existing(folder, WeightsFile));
        CheckLayers(folder, file, weights);
        var parameters = new ParameterSet();
        try
        {
            var join = Build(folder, file, parameters);
            parameters.Load(weights);
            var model = join(tokenizers.GetAwaiter().GetResult());
            CheckSums(folder, weights.Metadata);
            return model as TModel ?? throw new InvalidDataException(
                $"'{folder}' holds another kind of model: {model.Portrait.Description.ToLowerInvariant()[0]}{model.Portrait.Description[1..]}. What uses it is '{model.Portrait.Command}'.");
        }
        catch
        {
            parameters.Dispose();
            throw;
        }
    }

    // Asks for the parameters of what the file describes; with its tokenizers it is a model.
    static Func<(Tokenizer Source, Tokenizer Target), TrainedModel> Build(string folder, ModelFile file, ParameterSet parameters)
    {
        switch (file.Section)
        {
            case TranslatorConfig config:
                var translator = config.Build(parameters.Root);
                return tokenizers =>
                {
                    Check(folder, "source", tokenizers.Source.VocabularySize, config.SourceVocabulary);
                    Check(folder, "target", tokenizers.Target.VocabularySize, config.TargetVocabulary);
                    return new TranslationModel(translator, parameters, tokenizers.Source, tokenizers.Target, ReadDecoding(folder));
                };
            case LanguageModelConfig config:
                var language = new CausalLanguageModel(parameters.Root, config);
                return tokenizers =>
                {
                    Check(folder, "", tokenizers.Source.VocabularySize, config.Vocabulary);
                    return new LanguageModel(language, parameters, tokenizers.Source);
                };
            case MaskedLanguageModelConfig config:
                var masked = new MaskedLanguageModel(parameters.Root, config);
                return tokenizers =>
                {
                    Check(folder, "", tokenizers.Source.VocabularySize, config.Vocabulary);
                    CheckRoles(Path.Combine(folder, JointTokenizer), () => tokenizers.Source.Mask);
                    return new MaskedModel(masked, parameters, tokenizers.Source);
                };
            case ClassifierConfig config:
                var classifier = new Classifier(parameters.Root, config);
                return tokenizers =>
                {
                    Check(folder, "", tokenizers.Source.VocabularySize, config.Vocabulary);
                    return new LabellingModel(classifier, parameters, tokenizers.Source, file.Labels!, file.Labelled ?? default);
                };
            default: throw new InvalidOperationException($"There is no model of a {file.Section.GetType().Name}.");
        }
    }

    /// <summary>The shape of the translation model in a directory, without its parameters.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is no translation model's; the message lists all that is wrong.</exception>
    public static TranslatorConfig ReadConfig(string folder)
        => ReadFile(folder) is { Section: TranslatorConfig config } ? config : throw new InvalidDataException($"'{folder}' holds no translation model: its architecture is '{ReadFile(folder).Architecture}'.");

    /// <summary>What the model in a directory is built from.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is no model's; the message lists all that is wrong.</exception>
    internal static ModelFile ReadFile(string folder)
        => ReadJson(Existing(folder, ConfigFile), ModelFile.Empty, file => file.Faults());

    // A configuration may ask for thousands of layers with a few digits; a file with as many tensors is as long.
    static void CheckLayers(string folder, ModelFile config, SafeTensorsFile weights)
    {
        if (config.Layers > weights.Names.Count)
            throw new InvalidDataException($"'{Path.Combine(folder, ConfigFile)}' has {config.Layers} layers, but {WeightsFile} holds {weights.Names.Count} tensors. The files belong to different models; fetch both again.");
    }

    static DecodingOptions ReadDecoding(string folder)
    {
        var path = Path.Combine(folder, GenerationFile);
        return File.Exists(path) ? ReadJson(path, new DecodingOptions(), options => options.Faults()) : new();
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
    /// <param name="card">what it was trained on, how well it does</param>
    /// <exception cref="IOException">Other files are in the directory, or the disk is full or cannot be written to; what was there is as it was.</exception>
    public static void Save(string folder, TrainedModel model, ModelCard card)
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
    internal static void Write(Draft draft, TrainedModel model, ModelCard card)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "heed" };
        void Add(string file, Action<Stream> write)
        {
            using var bytes = new MemoryStream();
            write(bytes);
            draft.Add(file, bytes.WriteTo);
            metadata[SumKey(file)] = Checksum.Spell(Checksum.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        }
        Add(ConfigFile, stream => WriteJson(stream, model.File, HeedJson.Default.ModelFile));
        if (model is TranslationModel translation) draft.Add(GenerationFile, stream => WriteJson(stream, translation.Decoding, HeedJson.Default.DecodingOptions));
        foreach (var (file, tokenizer) in model.Tokenizers) Add(file, tokenizer.Save);
        draft.Add(WeightsFile, stream => SafeTensorsWriter.Write(stream,
            [.. model.Parameters.Parameters.Select(parameter => (parameter.Path, parameter.Shape, parameter.Value))], metadata));
        draft.Add(CardFile, stream => stream.Write(Encoding.UTF8.GetBytes(card.Write(model))));
    }

    /// <summary>The files of a model's tokenizers.</summary>
    internal static IReadOnlyList<string> TokenizersOf(string folder)
        => [.. ((string[])[JointTokenizer, SourceTokenizer, TargetTokenizer]).Select(name => Path.Combine(folder, name)).Where(File.Exists)];

    /// <summary>Reads a JSON configuration file.</summary>
    /// <param name="path">the file</param>
    /// <param name="defaults">what the keys that are left out mean</param>
    /// <param name="faults">what values of the right types are wrong: sentences that begin with a key</param>
    internal static T ReadJson<T>(string path, T defaults, Func<T, IEnumerable<string>>? faults = null) where T : class
        => ReadJson(path, _ => defaults, faults);

    // What keys that are left out mean may follow from those that are there; where none is, nobody asks.
    static T ReadJson<T>(string path, Func<JsonNode?, T> defaults, Func<T, IEnumerable<string>>? faults) where T : class
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonNode.Parse(OrdinaryFile.ReadAllBytes(path, LargestConfig), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            ReadTexts(parsed);
        }
        // The latter: text that is no UTF-8, or half of a surrogate pair.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not JSON: {fault.Message}", fault);
        }
        if (CompleteConfig.Read<T>(parsed) is { } read && faults?.Invoke(read).Any() != true) return read;
        var type = (JsonTypeInfo<T>)HeedJson.Default.Options.GetTypeInfo(typeof(T));
        return ConfigReader.Read(parsed, defaults(parsed), type, path, locate: null, faults, isWritten: true);
    }

    // Keys and texts are decoded when they are first asked for; here somebody listens to what is wrong with them.
    static void ReadTexts(JsonNode? node)
    {
        if (node is JsonObject group)
            foreach (var (_, value) in group) ReadTexts(value);
        else if (node is JsonArray list)
            foreach (var item in list) ReadTexts(item);
        else if (node?.GetValueKind() == JsonValueKind.String) _ = node.GetValue<string>();
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
        var source = ReadTokenizer(Existing(folder, joint ? JointTokenizer : SourceTokenizer));
        return (source, joint ? source : ReadTokenizer(Existing(folder, TargetTokenizer)));
    }

    static Tokenizer ReadTokenizer(string path)
    {
        using var stream = OrdinaryFile.Open(path);
        var tokenizer = Tokenizer.Load(stream, path);
        CheckRoles(path, () => (tokenizer.Begin, tokenizer.End));
        return tokenizer;
    }

    // Asks a tokenizer for special tokens that it must have.
    static void CheckRoles(string path, Func<object> ask)
    {
        try
        {
            ask();
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException($"'{path}': {fault.Message}", fault);
        }
    }

    static string SumKey(string file) => "crc32c:" + file;

    // The weights know the files they were written with, so that one of another model whose sizes are the same is noticed.
    static void CheckSums(string folder, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var file in (string[])[ConfigFile, JointTokenizer, SourceTokenizer, TargetTokenizer])
        {
            if (!metadata.TryGetValue(SumKey(file), out var written)) continue;
            var path = Existing(folder, file);
            var found = Checksum.Spell(Checksum.Of(OrdinaryFile.ReadAllBytes(path, LargestTokenizer)));
            if (found != written)
                throw new InvalidDataException($"'{path}' is not the file that {WeightsFile} was written with: its checksum is {found}, the metadata there say {written} ({SumKey(file)}). It is damaged, was changed, or belongs to another model; put the model's own there.");
        }
    }

    static void Check(string folder, string side, int found, int expected)
    {
        if (found != expected)
            throw new InvalidDataException($"The {(side.Length > 0 ? side + " " : "")}tokenizer in '{folder}' has {found} ids, but {ConfigFile} says {(side.Length > 0 ? side + "Vocabulary" : "vocabulary")}: {expected}. It belongs to another model; put the model's own tokenizer there.");
    }

    static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new InvalidDataException($"'{folder}' has no {file}; a model is a directory with {ConfigFile}, {WeightsFile} and {JointTokenizer}.");
    }
}

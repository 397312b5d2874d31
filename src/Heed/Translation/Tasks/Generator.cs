using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Continues texts with a language model: draws at random, or the most probable continuation.</summary>
/// <remarks>Any number of threads may call it at once, and none of them sees the others in its results. <see cref="Dispose"/> stops the texts under way; asking them for more throws <see cref="ObjectDisposedException"/>.</remarks>
/// <example><code>
/// using var generator = Generator.Load("model");
/// foreach (var piece in generator.Generate("ROMEO:")) Console.Write(piece);
/// </code></example>
public sealed class Generator : IDisposable
{
    /// <summary>What a text begins with when nothing is said: a new line.</summary>
    public const string DefaultPrompt = "\n";

    readonly ModelInUse<LanguageModel> used;

    Generator(ModelInUse<LanguageModel> used) => this.used = used;

    /// <summary>Continues texts with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose, after the generator</param>
    /// <param name="backend">what computes; likewise</param>
    public Generator(LanguageModel model, Backend backend) : this(new(nameof(Generator), model, backend, isOwn: false)) { }

    /// <summary>Loads a model directory for generation on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or the model is of another kind; the message says which, where, and what to do.</exception>
    public static Generator Load(string folder, int threads = 0) => new(ModelInUse<LanguageModel>.Load(nameof(Generator), folder, threads));

    /// <summary>The model.</summary>
    public LanguageModel Model => used.Model;

    /// <summary>The characters of a text that the model's tokenizer has no id for, each once; U+FFFD stands for them.</summary>
    public IReadOnlyList<string> Unknown(string text)
    {
        var read = Model.Tokenizer.Normalizer?.Apply(text) ?? text;
        return [.. read.EnumerateRunes().Distinct().Select(character => character.ToString())
            .Where(character => character != "\uFFFD" && Model.Tokenizer.Decode(Model.Tokenizer.Encode(character)) == "\uFFFD")];
    }

    /// <summary>A continuation drawn at random, piece by piece as it is drawn.</summary>
    /// <param name="prompt">what the text begins with, which is not given back; <see cref="DefaultPrompt"/> where it is empty</param>
    /// <param name="options">how long, and how it is drawn</param>
    /// <param name="cancellation">stops between two ids</param>
    /// <returns>pieces of text which together are the continuation; the same for the same prompt, options and model, whatever else is asked</returns>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="NotFiniteNumberException">While pieces are asked for: the model computed a number that is not finite; the message says where.</exception>
    /// <exception cref="OperationCanceledException">While pieces are asked for: it was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">While pieces are asked for: the generator was disposed.</exception>
    public IEnumerable<string> Generate(string prompt = "", GenerationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        Check(options.Faults(), nameof(options));
        return Pieces(prompt, options, cancellation);
    }

    IEnumerable<string> Pieces(string prompt, GenerationOptions options, CancellationToken cancellation)
    {
        using var workspace = new Workspace(used.Backend);
        using var pieces = new Writer(Model, options.Sampling).Continue(workspace, prompt, options.Length, cancellation).GetEnumerator();
        while (used.Run(_ => pieces.MoveNext(), cancellation)) yield return pieces.Current;
    }

    /// <summary>The most probable continuation that a beam search finds: until the model ends the text, or as long as is allowed.</summary>
    /// <param name="prompt">what the text begins with, which is not given back; <see cref="DefaultPrompt"/> where it is empty</param>
    /// <param name="length">how many ids it may have, at least 1; prompt and continuation must fit the model's context</param>
    /// <param name="options">beam and length penalty; greedy unless told</param>
    /// <param name="cancellation">stops between two ids</param>
    /// <exception cref="ArgumentException">The options have faults, or prompt and continuation are longer than the context.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed, before the call or during it.</exception>
    public string Search(string prompt, int length, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new() { Beam = 1 };
        Check(options.Faults(), nameof(options));
        if (length < 1) throw new ArgumentException($"length is {length}; it must be at least 1.", nameof(length));
        var ids = TextIds.Of(Model.Tokenizer, prompt.Length > 0 ? prompt : DefaultPrompt);
        if (ids.Length + length > Model.Model.Config.Context)
            throw new ArgumentException($"The prompt has {ids.Length} ids and {length} are asked for, but the model sees {Model.Model.Config.Context} at once. Shorten either; draws at random have no such limit.", nameof(length));
        return used.Run(stop =>
        {
            using var workspace = new Workspace(used.Backend);
            using var decoding = Model.Model.Begin(workspace, Tokens.Of([ids[..^1]]));
            // A text that is as long as it may be has an end that is not one of its ids.
            var found = new BeamSearch(options, ids[^1], Model.Tokenizer.End).Run(decoding, workspace, [length + 1], stop);
            return Model.Tokenizer.Decode(found[0][0].Ids);
        }, cancellation);
    }

    static void Check(IEnumerable<string> faults, string parameter)
    {
        var all = faults.ToList();
        if (all.Count > 0) throw new ArgumentException($"The options cannot be used:\n  {string.Join("\n  ", all)}", parameter);
    }

    /// <summary>Stops the texts under way and releases model and backend, when <see cref="Load"/> made them.</summary>
    public void Dispose() => used.Dispose();
}

using Heed.Data;
using Heed.Kernels;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>A label that a model found, and how probable the model thinks it.</summary>
/// <param name="Label">its name</param>
/// <param name="Probability">0 to 1</param>
public readonly record struct FoundLabel(string Label, double Probability);

/// <summary>argmax p(label|x): classifies texts, or tags their words, with a model that was trained for it.</summary>
/// <remarks>Any number of threads may call it at once; what is found for a text depends on that text alone.</remarks>
/// <example><code>
/// using var labeller = Labeller.Load("model");
/// foreach (var found in labeller.Classify(["What a film!"])) Console.WriteLine(found.Label);
/// </code></example>
public sealed class Labeller : IDisposable
{
    readonly ModelInUse<LabellingModel> used;
    readonly LabelledEncoder encoder;

    Labeller(ModelInUse<LabellingModel> used)
    {
        this.used = used;
        encoder = new(Model.Tokenizer, Model.Labelled, Model.Model.Config.Context);
    }

    /// <summary>Labels with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose, after the labeller</param>
    /// <param name="backend">what computes; likewise</param>
    public Labeller(LabellingModel model, Backend backend) : this(new(nameof(Labeller), model, backend, isOwn: false)) { }

    /// <summary>Loads a model directory on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or the model is of another kind; the message says which, where, and what to do.</exception>
    public static Labeller Load(string folder, int threads = 0) => new(ModelInUse<LabellingModel>.Load(nameof(Labeller), folder, threads));

    /// <summary>The model.</summary>
    public LabellingModel Model => used.Model;

    /// <summary>The label of each text, in order; of a long text what is beyond the model's context is not read.</summary>
    /// <param name="texts">the texts</param>
    /// <param name="first">the number of the first of them, for messages</param>
    /// <param name="cancellation">stops between two texts</param>
    /// <exception cref="InvalidOperationException">The model tags words.</exception>
    /// <exception cref="NotFiniteNumberException">The model computed a number that is not finite; the message says where.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The labeller was disposed, before the call or during it.</exception>
    public IReadOnlyList<FoundLabel> Classify(IReadOnlyList<string> texts, int first = 1, CancellationToken cancellation = default)
    {
        Expect(Labelled.Texts, "tags words; ask for " + nameof(Tag));
        return [.. LabelAll([.. texts.Select((text, i) => new WordedText([text], $"Text {first + i}"))], cancellation).Select(found => found[0])];
    }

    /// <summary>The labels of the words of each sentence, in order.</summary>
    /// <param name="sentences">the words of each sentence</param>
    /// <param name="first">the number of the first sentence, for messages</param>
    /// <param name="cancellation">stops between two sentences</param>
    /// <exception cref="ArgumentException">A sentence has more ids than the model sees at once, or the model asks for dependency trees.</exception>
    /// <exception cref="InvalidOperationException">The model classifies texts.</exception>
    /// <inheritdoc cref="Classify"/>
    public IReadOnlyList<IReadOnlyList<FoundLabel>> Tag(IReadOnlyList<IReadOnlyList<string>> sentences, int first = 1, CancellationToken cancellation = default)
        => TagAll([.. sentences.Select((words, i) => new WordedText(words, $"Sentence {first + i}"))], cancellation);

    /// <summary>The labels of the words of each sentence of a treebank, in order; a model whose positions are those of a dependency tree reads the heads.</summary>
    /// <param name="sentences">the sentences, with heads</param>
    /// <param name="cancellation">stops between two sentences</param>
    /// <exception cref="ArgumentException">A sentence has more ids than the model sees at once.</exception>
    /// <exception cref="InvalidDataException">The heads of a sentence are no tree, and the model asks for one.</exception>
    /// <exception cref="InvalidOperationException">The model classifies texts.</exception>
    /// <inheritdoc cref="Classify"/>
    public IReadOnlyList<IReadOnlyList<FoundLabel>> Tag(IReadOnlyList<ConlluSentence> sentences, CancellationToken cancellation = default)
        => TagAll([.. sentences.Select(sentence => WordedText.Of(sentence, Model.Model.Config.Positions.NeedsTrees))], cancellation);

    IReadOnlyList<FoundLabel>[] TagAll(WordedText[] sentences, CancellationToken cancellation)
    {
        Expect(Labelled.Words, "classifies texts; ask for " + nameof(Classify));
        return LabelAll(sentences, cancellation);
    }

    void Expect(Labelled expected, string otherwise)
    {
        if (Model.Labelled != expected) throw new InvalidOperationException($"The model {otherwise}.");
    }

    IReadOnlyList<FoundLabel>[] LabelAll(WordedText[] texts, CancellationToken cancellation)
    {
        // Before any thread begins, so that what is thrown does not depend on which one meets it.
        var read = Array.ConvertAll(texts, text => Read(text) ?? throw new ArgumentException(
            $"{text.Place} has more ids than the {Model.Model.Config.Context} that the model sees at once (context). Split it.", nameof(texts)));
        return used.Each<IReadOnlyList<FoundLabel>>(texts.Length, (workspace, i) => texts[i].Words.Count == 0 ? [] : Label(workspace, read[i]), cancellation);
    }

    /// <summary>The labels of one text; nothing where it does not fit.</summary>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="text">with heads, where the model asks for trees</param>
    internal IReadOnlyList<FoundLabel>? Label(Workspace workspace, WordedText text)
    {
        if (text.Words.Count == 0) return [];
        return Read(text) is { } read ? Label(workspace, read) : null;
    }

    // A text as the model reads it, and the rows of its labels; nothing where it does not fit.
    (Tokens Text, List<int> Rows)? Read(WordedText text)
    {
        if (encoder.Encode(text.Words) is not var (ids, rows)) return null;
        var tokens = Tokens.Of([ids]);
        if (text.Heads.Length > 0) tokens = new(tokens.Ids, tokens.Segments, DependencyTree.Places([SentenceTrees.Of(text, rows, ids.Count)], tokens.Segments));
        return (tokens, rows);
    }

    FoundLabel[] Label(Workspace workspace, (Tokens Text, List<int> Rows) read)
    {
        var (text, rows) = read;
        return Read(workspace, text, rows) ?? throw workspace.FindNotFinite(() => Read(workspace, text, rows)) ?? new NotFiniteNumberException("The scores of a label are not finite.");
    }

    // Nothing where a score is not finite.
    FoundLabel[]? Read(Workspace workspace, Tokens text, List<int> rows)
    {
        using var pass = Pass.Infer(workspace);
        var logits = Model.Model.Forward(pass, text);
        var normalisers = Ops.LogSumExp(logits);
        return rows.TrueForAll(row => float.IsFinite(normalisers.Data[row])) ? [.. rows.Select(row => Found(logits, row, normalisers.Data[row]))] : null;
    }

    FoundLabel Found(Tensor logits, int row, float normaliser)
    {
        var best = HeldOutLoss.Best(logits, row);
        return new(Model.Labels[best], Functions.Exp(logits.Data[row * logits.Shape.Columns + best] - normaliser));
    }

    /// <summary>Stops the calls under way, waits until they have left, and releases model and backend, when <see cref="Load"/> made them.</summary>
    public void Dispose() => used.Dispose();
}

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
    readonly Calls calls = new(nameof(Labeller));
    readonly LabellingModel model;
    readonly Backend backend;
    readonly LabelledEncoder encoder;
    bool ownsAll;

    /// <summary>Labels with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose, after the labeller</param>
    /// <param name="backend">what computes; likewise</param>
    public Labeller(LabellingModel model, Backend backend)
    {
        (this.model, this.backend) = (model, backend);
        encoder = new(model.Tokenizer, model.Labelled, model.Model.Config.Context);
    }

    /// <summary>Loads a model directory on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or the model is of another kind; the message says which, where, and what to do.</exception>
    public static Labeller Load(string folder, int threads = 0)
    {
        var model = ModelFolder.Load<LabellingModel>(folder);
        var backend = new CpuBackend(threads);
        model.Parameters.Freeze(backend);
        return new Labeller(model, backend) { ownsAll = true };
    }

    /// <summary>The model.</summary>
    public LabellingModel Model => model;

    /// <summary>The label of each text, in order; of a long text what is beyond the model's context is not read.</summary>
    /// <exception cref="InvalidOperationException">The model tags words.</exception>
    /// <exception cref="NotFiniteNumberException">The model computed a number that is not finite; the message says where.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The labeller was disposed, before the call or during it.</exception>
    public IReadOnlyList<FoundLabel> Classify(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        Expect(Labelled.Texts, "tags words; ask for " + nameof(Tag));
        return [.. LabelAll([.. texts.Select(text => (string[])[text])], cancellation).Select(found => found[0])];
    }

    /// <summary>The labels of the words of each sentence, in order.</summary>
    /// <exception cref="ArgumentException">A sentence has more ids than the model sees at once.</exception>
    /// <exception cref="InvalidOperationException">The model classifies texts.</exception>
    /// <inheritdoc cref="Classify"/>
    public IReadOnlyList<IReadOnlyList<FoundLabel>> Tag(IReadOnlyList<IReadOnlyList<string>> sentences, CancellationToken cancellation = default)
    {
        Expect(Labelled.Words, "classifies texts; ask for " + nameof(Classify));
        return LabelAll(sentences, cancellation);
    }

    void Expect(Labelled expected, string otherwise)
    {
        if (model.Labelled != expected) throw new InvalidOperationException($"The model {otherwise}.");
    }

    IReadOnlyList<FoundLabel>[] LabelAll(IReadOnlyList<IReadOnlyList<string>> texts, CancellationToken cancellation) => calls.Run(stop =>
    {
        var found = new IReadOnlyList<FoundLabel>[texts.Count];
        // Before any thread begins, so that what is thrown does not depend on which one meets it.
        (List<int> Ids, List<int> Rows)[] encoded = [.. texts.Select((text, i) => encoder.Encode(text) ?? throw new ArgumentException(
            $"Sentence {i + 1} has more ids than the {model.Model.Config.Context} that the model sees at once (context). Split it.", nameof(texts)))];
        backend.Each(texts.Count, i =>
        {
            stop.ThrowIfCancellationRequested();
            using var workspace = new Workspace(backend);
            found[i] = texts[i].Count == 0 ? [] : Label(workspace, encoded[i], []);
        });
        return found;
    }, cancellation);

    /// <summary>The labels of one text; nothing where it does not fit.</summary>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="words">the text, whole, or cut into words</param>
    /// <param name="heads">for each word the number of its head, from 1, 0 for the root, where the model asks for trees</param>
    internal IReadOnlyList<FoundLabel>? Label(Workspace workspace, IReadOnlyList<string> words, int[]? heads = null)
    {
        if (words.Count == 0) return [];
        return encoder.Encode(words) is { } encoded ? Label(workspace, encoded, heads ?? []) : null;
    }

    FoundLabel[] Label(Workspace workspace, (List<int> Ids, List<int> Rows) encoded, int[] heads)
    {
        var (ids, rows) = encoded;
        var text = Tokens.Of([ids]);
        if (heads.Length > 0) text = new(text.Ids, text.Segments, DependencyTree.Places([LabelledEncoder.Tree(heads, rows, ids.Count)], text.Segments));
        return Read(workspace, text, rows) ?? throw workspace.FindNotFinite(() => Read(workspace, text, rows)) ?? new NotFiniteNumberException("The scores of a label are not finite.");
    }

    // Nothing where a score is not finite.
    FoundLabel[]? Read(Workspace workspace, Tokens text, List<int> rows)
    {
        using var pass = Pass.Infer(workspace);
        var logits = model.Model.Forward(pass, text);
        var normalisers = Ops.LogSumExp(logits);
        return rows.TrueForAll(row => float.IsFinite(normalisers.Data[row])) ? [.. rows.Select(row => Found(logits, row, normalisers.Data[row]))] : null;
    }

    FoundLabel Found(Tensor logits, int row, float normaliser)
    {
        var best = Best(logits, row);
        return new(model.Labels[best], Functions.Exp(logits.Data[row * logits.Shape.Columns + best] - normaliser));
    }

    /// <summary>The label with the greatest logit at a row; of equals the first.</summary>
    internal static int Best(Tensor logits, int row)
    {
        var scores = logits.Data.Slice(row * logits.Shape.Columns, logits.Shape.Columns);
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
            if (scores[label] > scores[best]) best = label;
        return best;
    }

    /// <summary>Stops the calls under way, waits until they have left, and releases model and backend, when <see cref="Load"/> made them.</summary>
    public void Dispose()
    {
        if (!calls.Close() || !ownsAll) return;
        model.Dispose();
        backend.Dispose();
    }
}

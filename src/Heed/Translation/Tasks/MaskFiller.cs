using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>A token that a model found for a mask, and how probable the model thinks it.</summary>
/// <param name="Text">the text it stands for, without the space before it</param>
/// <param name="Probability">0 to 1</param>
public readonly record struct FoundToken(string Text, double Probability);

/// <summary>A text in which masks were filled.</summary>
/// <param name="Text">the text with the most probable token in place of each mask</param>
/// <param name="Masks">for each mask the most probable tokens, the best first</param>
public sealed record FilledText(string Text, IReadOnlyList<IReadOnlyList<FoundToken>> Masks);

/// <summary>argmax p(xₜ | x with masks): says what may stand where a text has <c>&lt;mask&gt;</c>, with a model that was trained for it.</summary>
/// <remarks>Any number of threads may call it at once; what is found for a text depends on that text alone. Masks of one text are filled each for itself.</remarks>
/// <example><code>
/// using var filler = MaskFiller.Load("model");
/// Console.WriteLine(filler.Fill(["A man &lt;mask&gt; a bike ."])[0].Text);
/// </code></example>
public sealed class MaskFiller : IDisposable
{
    readonly ModelInUse<MaskedModel> used;

    MaskFiller(ModelInUse<MaskedModel> used) => this.used = used;

    /// <summary>Fills masks with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose, after the filler</param>
    /// <param name="backend">what computes; likewise</param>
    public MaskFiller(MaskedModel model, Backend backend) : this(new(nameof(MaskFiller), model, backend, isOwn: false)) { }

    /// <summary>Loads a model directory on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or the model is of another kind; the message says which, where, and what to do.</exception>
    public static MaskFiller Load(string folder, int threads = 0) => new(ModelInUse<MaskedModel>.Load(nameof(MaskFiller), folder, threads));

    /// <summary>The model.</summary>
    public MaskedModel Model => used.Model;

    /// <summary>How a mask is written in a text.</summary>
    public string Mask => Model.Tokenizer.IdToToken(Model.Tokenizer.Mask);

    /// <summary>Fills the masks of each text, in order; a text without one comes back as it is.</summary>
    /// <param name="texts">texts with <see cref="Mask"/> where a token is asked for</param>
    /// <param name="candidates">how many tokens are given for each mask, at least 1 and at most as many as there are ids</param>
    /// <param name="first">the number of the first text, for messages</param>
    /// <param name="cancellation">stops between two texts</param>
    /// <exception cref="ArgumentException">A text has more ids than the model sees at once, or the model asks for dependency trees.</exception>
    /// <exception cref="NotFiniteNumberException">The model computed a number that is not finite; the message says where.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The filler was disposed, before the call or during it.</exception>
    public IReadOnlyList<FilledText> Fill(IReadOnlyList<string> texts, int candidates = 5, int first = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(candidates, Model.Tokenizer.VocabularySize);
        // Before any thread begins, so that what is thrown does not depend on which one meets it.
        int[][] encoded = [.. texts.Select((text, i) => Encode(text, first + i))];
        return used.Each(texts.Count, (workspace, i) => Fill(workspace, encoded[i], texts[i], candidates), cancellation);
    }

    int[] Encode(string text, int number)
    {
        // As texts are read to learn from: words with one space between them.
        var ids = Model.Tokenizer.EncodeWithSpecial(LabelledEncoder.Join(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return ids.Length <= Model.Model.Config.Context ? ids : throw new ArgumentException(
            $"Text {number} has {ids.Length} ids, more than the {Model.Model.Config.Context} that the model sees at once (context). Split it.", nameof(text));
    }

    FilledText Fill(Workspace workspace, int[] ids, string text, int candidates)
    {
        int[] rows = [.. Enumerable.Range(0, ids.Length).Where(row => ids[row] == Model.Tokenizer.Mask)];
        if (rows.Length == 0) return new(text, []);
        var tokens = Tokens.Of([ids]);
        var masks = Find(workspace, tokens, rows, candidates) ?? throw workspace.FindNotFinite(() => Find(workspace, tokens, rows, candidates))
            ?? new NotFiniteNumberException("The scores of a hidden token are not finite.");
        int[] filled = [.. ids];
        for (var i = 0; i < rows.Length; i++) filled[rows[i]] = masks[i][0].Id;
        return new(Model.Tokenizer.Decode(filled).TrimStart(' '), [.. masks.Select(mask => (IReadOnlyList<FoundToken>)[.. mask.Select(Read)])]);
    }

    // Nothing where a score is not finite.
    (int Id, double Probability)[][]? Find(Workspace workspace, Tokens text, int[] rows, int candidates)
    {
        using var pass = Pass.Infer(workspace);
        var ids = new int[rows.Length * candidates];
        var (values, normalisers) = Ops.Leading(Model.Model.Forward(pass, text, rows), ids);
        var found = new (int Id, double Probability)[rows.Length][];
        for (var row = 0; row < rows.Length; row++)
        {
            if (!float.IsFinite(normalisers.Data[row])) return null;
            found[row] = new (int, double)[candidates];
            for (var i = row * candidates; i < (row + 1) * candidates; i++) found[row][i - row * candidates] = (ids[i], Functions.Exp(values.Data[i] - normalisers.Data[row]));
        }
        return found;
    }

    FoundToken Read((int Id, double Probability) found) => new(Model.Tokenizer.DecodeWithSpecial([found.Id]).TrimStart(' '), found.Probability);

    /// <summary>Stops the calls under way, waits until they have left, and releases model and backend, when <see cref="Load"/> made them.</summary>
    public void Dispose() => used.Dispose();
}

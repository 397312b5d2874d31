using System.Text;
using Heed.Checkpoints;
using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>Makes a recipe's training text into ids on the disk, in memory that does not grow with the text: killed at any moment, it goes on where it was.</summary>
/// <remarks>
/// The tokenizers are learned in one go; the encoding says every <see cref="Block"/> pairs where it stands. Several processes may ask for the
/// same data: one makes it, the others wait.
/// </remarks>
/// <param name="recipe">what is read, and how</param>
/// <param name="place">the directory, where the recipe has no <c>data.prepared</c>, below which each set of inputs has a directory of its own</param>
public sealed class Preparation(Recipe recipe, string place)
{
    static readonly TimeSpan turn = TimeSpan.FromMilliseconds(200);

    long pairs, bytes, total;

    /// <summary>Is told now and then how far the work has come.</summary>
    public IProgress<PreparationProgress>? Progress { get; init; }

    /// <summary>So many pairs are encoded between two records of where the work stands.</summary>
    internal int Block { get; init; } = 100_000;

    /// <summary>So many pairs pass between two reports of progress.</summary>
    internal int Beat { get; init; } = 1 << 12;

    /// <summary>Where a run has its data unless its recipe says otherwise: beside it.</summary>
    public static string PlaceOf(string run) => Path.TrimEndingDirectorySeparator(run) + ".data";

    /// <summary>Whether a directory holds prepared data, whole or in the making, and so no run.</summary>
    public static bool IsPrepared(string folder) => PreparedFolder.IsOne(folder);

    /// <summary>Prepared data of the recipe: what is there, or made now.</summary>
    /// <param name="known">tokenizers that are there already</param>
    /// <param name="cancel">stops the work where it may be gone on with</param>
    /// <exception cref="InvalidDataException">The text cannot be used, prepared data is damaged, or it is not what <c>data.fingerprint</c> asks for; the message says which.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public PreparedData Run((Tokenizer Source, Tokenizer Target)? known = null, CancellationToken cancel = default)
    {
        Progress?.Report(new(PreparationWork.Fingerprint, 0, 0, 0));
        var inputs = PreparedInputs.Of(recipe, cancel);
        var folder = new PreparedFolder(recipe.Data.Prepared.Length > 0 ? Path.Combine(recipe.Data.Prepared, inputs.Key()) : place);
        return Open(folder, inputs, known) ?? Make(folder, inputs, known, cancel);
    }

    PreparedData Make(PreparedFolder folder, PreparedInputs inputs, (Tokenizer Source, Tokenizer Target)? known, CancellationToken cancel)
    {
        using var own = Lock(folder, cancel);
        // Another process may have made it meanwhile.
        if (Open(folder, inputs, known) is { } made) return made;
        folder.Begin(inputs);
        if (!folder.IsComplete)
        {
            var (source, target) = folder.Tokenizers() ?? known ?? Learn(cancel);
            folder.Keep(source, target);
            Encode(folder, inputs, (source, target), cancel);
        }
        folder.Publish();
        return Open(folder, inputs, known)!;
    }

    FolderLock Lock(PreparedFolder folder, CancellationToken cancel)
    {
        FolderLock? own;
        while ((own = folder.TryLock()) is null)
        {
            Progress?.Report(new(PreparationWork.Waiting, 0, 0, 0));
            if (cancel.WaitHandle.WaitOne(turn)) cancel.ThrowIfCancellationRequested();
        }
        return own;
    }

    (Tokenizer Source, Tokenizer Target) Learn(CancellationToken cancel)
    {
        var text = recipe.Data.Train.Lines();
        // What compressed text comes to is known only when it was read.
        total = recipe.Data.Train.Files.Any(TextLines.IsCompressed) ? 0 : recipe.Data.Train.Files.Sum(file => new FileInfo(file).Length);
        (pairs, bytes) = (0, 0);
        var learned = PreparedData.Learn(recipe, () => Watched(text, PreparationWork.Learning, cancel));
        if (pairs == 0) throw new InvalidDataException("The training corpus has no lines.");
        return learned;
    }

    /// <summary>What would become of the training pairs; nothing is kept.</summary>
    /// <exception cref="InvalidDataException">The text cannot be used; the message says why.</exception>
    public DataAccount Examine(CancellationToken cancel = default)
    {
        var tokenizers = Learn(cancel);
        (pairs, bytes) = (0, 0);
        return PreparedData.Encode(recipe, Watched(recipe.Data.Train.Lines(), PreparationWork.Encoding, cancel), tokenizers, static (_, _) => { });
    }

    void Encode(PreparedFolder folder, PreparedInputs inputs, (Tokenizer Source, Tokenizer Target) tokenizers, CancellationToken cancel)
    {
        var (source, target) = tokenizers;
        var fingerprint = inputs.Fingerprint(source, target);
        var limit = Math.Max(source.VocabularySize, target.VocabularySize);
        var state = folder.State();
        var begun = PairFileWriter.Continue(folder.PairsAside, limit, fingerprint, state.Pairs, state.Ids);
        using var writer = begun ?? PairFileWriter.Create(folder.PairsAside, limit, fingerprint);
        var tally = new DataTally(begun is null ? new() : state.Account);
        var encoder = new PairEncoder(source, target, new PairFilter(recipe.Data.Filters, recipe.Longest), tally);
        (pairs, bytes) = (0, 0);
        foreach (var _ in encoder.Encode(Watched(recipe.Data.Train.Lines(), PreparationWork.Encoding, cancel), writer.Add))
        {
            if (tally.Pairs % Block != 0) continue;
            writer.Flush();
            folder.Keep(new EncodingState(writer.Pairs, writer.Ids, tally.Account()));
        }
        var account = tally.Account();
        PreparedData.CheckNotEmpty(account, recipe);
        writer.Finish();
        folder.Complete(new PreparedFile { Inputs = inputs, Fingerprint = Convert.ToHexStringLower(fingerprint), Files = [.. recipe.Data.Train.Files], Account = account });
    }

    IEnumerable<SentencePair> Watched(IEnumerable<SentencePair> text, PreparationWork work, CancellationToken cancel)
    {
        foreach (var pair in text)
        {
            cancel.ThrowIfCancellationRequested();
            pairs++;
            bytes += Encoding.UTF8.GetByteCount(pair.Source) + Encoding.UTF8.GetByteCount(pair.Target) + 2;
            if (pairs % Beat == 0) Progress?.Report(new(work, pairs, bytes, total));
            yield return pair;
        }
    }

    PreparedData? Open(PreparedFolder folder, PreparedInputs inputs, (Tokenizer Source, Tokenizer Target)? known)
    {
        if (folder.Open(inputs) is not var (file, source, target, pairs)) return null;
        try
        {
            if (recipe.Data.Fingerprint.Length > 0 && recipe.Data.Fingerprint != file.Fingerprint)
                throw new InvalidDataException($"data.fingerprint is {recipe.Data.Fingerprint}, but the text, the filters and the tokenizer now give {file.Fingerprint}. "
                    + "Put back what the data was made from, or take the key out to train on what is there now.");
            if (known is var (first, second) && Convert.ToHexStringLower(inputs.Fingerprint(first, second)) != file.Fingerprint)
                throw new InvalidDataException($"The prepared data in '{folder.Root}' was made with another tokenizer than the model's. Delete the directory, and it will be made with the model's own.");
            return PreparedData.Of(recipe, (source, target), pairs, file.Account) with { Fingerprint = file.Fingerprint, Folder = folder.Root };
        }
        catch
        {
            pairs.Dispose();
            throw;
        }
    }
}

using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A recipe's text, learned and cut into ids.</summary>
/// <param name="Source">the source side's tokenizer</param>
/// <param name="Target">the target side's, the same one when the vocabulary is joint</param>
/// <param name="Train">ids to learn from, of which every epoch reads other ones where the recipe has a <c>tokenizer.dropout</c></param>
/// <param name="Validation">ids to measure on</param>
/// <param name="ValidationText">the text they were made of</param>
public sealed record PreparedData(Tokenizer Source, Tokenizer Target, IPairs Train, PairCorpus Validation, ParallelText ValidationText) : IDisposable
{
    PairFile? owned;

    /// <summary>What became of the training pairs.</summary>
    public DataAccount Account { get; init; } = new();

    /// <summary>What stands for the ids to learn from, in hexadecimal digits; nothing where they were made in memory.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Where the ids to learn from are kept; nothing where they are in memory.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Reads a recipe's text into memory and learns its tokenizers, or takes those of a model that is to be continued.</summary>
    /// <remarks><see cref="Preparation"/> keeps the ids on the disk instead.</remarks>
    /// <param name="recipe">what to read</param>
    /// <param name="known">tokenizers that are there already</param>
    public static PreparedData From(Recipe recipe, (Tokenizer Source, Tokenizer Target)? known = null)
        => InMemory(recipe, recipe.Data.Train.Lines(), ParallelText.Of(recipe.Data.Validation.Lines()), known);

    /// <summary>Prepares text that is at hand.</summary>
    public static PreparedData From(Recipe recipe, ParallelText train, ParallelText validation, (Tokenizer Source, Tokenizer Target)? known = null)
        => InMemory(recipe, train.Pairs, validation, known);

    static PreparedData InMemory(Recipe recipe, IEnumerable<SentencePair> train, ParallelText validation, (Tokenizer Source, Tokenizer Target)? known)
    {
        if (!train.Any()) throw new InvalidDataException("The training corpus has no lines.");
        var tokenizers = known ?? Learn(recipe, () => train);
        var corpus = new PairCorpus();
        var account = Encode(recipe, train, tokenizers, corpus.Add);
        CheckNotEmpty(account, recipe);
        return Of(recipe, tokenizers, corpus, account, validation);
    }

    internal static DataAccount Encode(Recipe recipe, IEnumerable<SentencePair> pairs, (Tokenizer Source, Tokenizer Target) tokenizers, Action<List<int>, List<int>> keep)
    {
        var tally = new DataTally(new());
        var encoder = new PairEncoder(tokenizers.Source, tokenizers.Target, new PairFilter(recipe.Data.Filters, recipe.Longest), tally);
        foreach (var _ in encoder.Encode(pairs, keep)) { }
        return tally.Account();
    }

    /// <summary>Learns the tokenizers of both sides from text, one and the same when the vocabulary is joint.</summary>
    /// <param name="recipe">which pairs are learned from, and what</param>
    /// <param name="read">gives all pairs from the first; called for each vocabulary</param>
    internal static (Tokenizer Source, Tokenizer Target) Learn(Recipe recipe, Func<IEnumerable<SentencePair>> read)
    {
        var options = recipe.Tokenizer.TrainerOptions();
        if (!recipe.Tokenizer.Joint) return (BpeTrainer.Train(Pairs().Select(pair => pair.Source), options), BpeTrainer.Train(Pairs().Select(pair => pair.Target), options));
        var joint = BpeTrainer.Train(Pairs().SelectMany(pair => (string[])[pair.Source, pair.Target]), options);
        return (joint, joint);

        // What is left out by its text is not learned from either.
        IEnumerable<SentencePair> Pairs()
        {
            var filter = new PairFilter(recipe.Data.Filters, recipe.Longest);
            return read().Where(pair => filter.OfText(pair) is null).Where((_, i) => i % recipe.Tokenizer.Every == 0);
        }
    }

    /// <summary>Puts ids to learn from together with what to measure on, which the recipe names.</summary>
    internal static PreparedData Of(Recipe recipe, (Tokenizer Source, Tokenizer Target) tokenizers, PairFile train, DataAccount account)
    {
        var data = Of(recipe, tokenizers, (IPairs)train, account, ParallelText.Of(recipe.Data.Validation.Lines()));
        data.owned = train;
        return data;
    }

    static PreparedData Of(Recipe recipe, (Tokenizer Source, Tokenizer Target) tokenizers, IPairs train, DataAccount account, ParallelText validation)
    {
        var (source, target) = tokenizers;
        var measured = new PairCorpus();
        var encoder = new PairEncoder(source, target, new PairFilter(new(), recipe.Placed), new DataTally(new()));
        foreach (var _ in encoder.Encode(validation.Pairs, measured.Add)) { }
        if (measured.Count == 0)
            throw new InvalidDataException($"There is nothing to measure on: all {validation.Count} validation pairs are empty or longer than {recipe.Placed} ids. Give data.validation some pairs of sentences.");
        var read = recipe.Tokenizer.Dropout > 0 ? new SampledPairs(train, source, target, recipe) : train;
        return new(source, target, read, measured, validation) { Account = account };
    }

    internal static void CheckNotEmpty(DataAccount account, Recipe recipe)
    {
        if (account.Kept > 0) return;
        var others = account.LeftOut.Where(group => group.Reason is not (LeftOutReason.Empty or LeftOutReason.TooLong)).Select(group => $", {group.Reason} ({group.Count})");
        throw new InvalidDataException($"All {account.Pairs} training pairs are empty or longer than {recipe.Longest} ids (data.maximumLength, or what model.positions can place)"
            + $"{string.Concat(others)}. Nothing is left to learn from.");
    }

    /// <summary>Gives back the file of ids, if there is one; there is nothing to train on any more.</summary>
    public void Dispose() => owned?.Dispose();
}

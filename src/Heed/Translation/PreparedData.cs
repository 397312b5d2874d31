using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A recipe's text, learned and cut into ids.</summary>
/// <param name="Source">the source side's tokenizer</param>
/// <param name="Target">the target side's, the same one when the vocabulary is joint</param>
/// <param name="Train">ids to learn from, of which every epoch reads other ones where the recipe has a <c>tokenizer.dropout</c></param>
/// <param name="Validation">ids to measure on</param>
/// <param name="ValidationText">the text they were made of</param>
/// <param name="LeftOut">training pairs left out because a side is empty or too long</param>
public sealed record PreparedData(Tokenizer Source, Tokenizer Target, IPairs Train, PairCorpus Validation, ParallelText ValidationText, int LeftOut)
{
    /// <summary>Reads a recipe's text and learns its tokenizers, or takes those of a model that is to be continued.</summary>
    /// <param name="recipe">what to read</param>
    /// <param name="known">tokenizers that are there already</param>
    public static PreparedData From(Recipe recipe, (Tokenizer Source, Tokenizer Target)? known = null)
    {
        var train = recipe.Data.Train.Read();
        if (train.Count == 0) throw new InvalidDataException("The training corpus has no lines.");
        return From(recipe, train, recipe.Data.Validation.Read(), known);
    }

    /// <summary>Prepares text that is at hand.</summary>
    public static PreparedData From(Recipe recipe, ParallelText train, ParallelText validation, (Tokenizer Source, Tokenizer Target)? known = null)
    {
        var (source, target) = known ?? Learn(recipe.Tokenizer, train);
        var longest = Math.Min(recipe.Data.MaximumLength, recipe.Placed);
        var (corpus, leftOut) = Cut(train, source, target, longest);
        if (corpus.Count == 0) throw new InvalidDataException($"All {train.Count} training pairs are empty or longer than {longest} ids (data.maximumLength, or what model.positions can place).");
        var measured = Cut(validation, source, target, recipe.Placed).Corpus;
        if (measured.Count == 0) throw new InvalidDataException($"There is nothing to measure on: all {validation.Count} validation pairs are empty or longer than {recipe.Placed} ids. Give data.validation some pairs of sentences.");
        IPairs read = recipe.Tokenizer.Dropout > 0 ? new SampledPairs(corpus, source, target, recipe) : corpus;
        return new(source, target, read, measured, validation, leftOut);
    }

    /// <summary>Learns the tokenizers of both sides from text, one and the same when the vocabulary is joint.</summary>
    internal static (Tokenizer Source, Tokenizer Target) Learn(TokenizerRecipe c, ParallelText text)
    {
        var options = c.TrainerOptions();
        if (!c.Joint) return (BpeTrainer.Train(text.Source, options), BpeTrainer.Train(text.Target, options));
        var joint = BpeTrainer.Train(text.Source.Concat(text.Target), options);
        return (joint, joint);
    }

    static (PairCorpus Corpus, int LeftOut) Cut(ParallelText text, Tokenizer source, Tokenizer target, int maximumLength)
    {
        var corpus = new PairCorpus();
        List<int> from = [], to = [];
        for (var i = 0; i < text.Count; i++)
        {
            from.Clear();
            to.Clear();
            source.Encode(text.Source[i], from);
            target.Encode(text.Target[i], to);
            if (from.Count > 0 && to.Count > 0 && from.Count <= maximumLength && to.Count <= maximumLength) corpus.Add(from, to);
        }
        return (corpus, text.Count - corpus.Count);
    }
}

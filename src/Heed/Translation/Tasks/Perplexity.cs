using Heed.Data;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>−Σ log p(y|x): what a model thinks of references that it reads, without searching.</summary>
public static class Perplexity
{
    const int TokensAtOnce = 4096;

    /// <summary>Perplexity of references under a model, per token and per word; an empty line is its end alone.</summary>
    /// <param name="model">the model</param>
    /// <param name="backend">what computes</param>
    /// <param name="sources">one a line</param>
    /// <param name="references">as many; the bits of the result do not depend on threads</param>
    /// <exception cref="ArgumentException">There are no lines, or not as many of both, or one is longer than the model can place.</exception>
    public static PerplexityScore Of(TranslationModel model, Backend backend, IReadOnlyList<string> sources, IReadOnlyList<string> references)
    {
        if (sources.Count != references.Count)
            throw new ArgumentException($"There are {sources.Count} sources but {references.Count} references; they must be aligned line by line.", nameof(references));
        var pairs = new PairCorpus();
        for (var i = 0; i < sources.Count; i++) pairs.Add(Ids(model.Source, "source", sources, i), Ids(model.Target, "reference", references, i));
        using var workspace = new Workspace(backend);
        var (logProbability, tokens) = Measure(model, pairs, workspace);
        return Score.Perplexity(logProbability, tokens, references);

        List<int> Ids(Tokenizer tokenizer, string side, IReadOnlyList<string> lines, int line)
        {
            var ids = new List<int>();
            tokenizer.Encode(lines[line], ids);
            // Begin or end takes one of the positions that a model can place.
            return model.Model.Config.LengthLimit is not { } limit || ids.Count < limit ? ids : throw new ArgumentException(
                $"The {side} on line {line + 1} has {ids.Count} ids, but the model can place {limit - 1}. Shorten the line, or leave it out on both sides.", nameof(sources));
        }
    }

    /// <summary>Σ log p(y|x) of pairs in order, and how many target ids there are, ends counted.</summary>
    internal static (double LogProbability, long Tokens) Measure(TranslationModel model, PairCorpus pairs, Workspace workspace)
        => HeldOutLoss.Measure(model.Model, new Batches(pairs, new BatchOptions { Tokens = TokensAtOnce }, model.Target.Begin, model.Target.End).InOrder(), workspace);
}

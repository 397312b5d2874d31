using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>yₜ ~ softmax(rules(zₜ)): draws each next id at random, one target for each sentence.</summary>
/// <remarks>What is drawn for a sentence depends on the seed and the sentence's own number, not on its batch.</remarks>
/// <param name="rules">what shapes the distribution, in order</param>
/// <param name="seed">decides every draw</param>
/// <param name="begin">the id every target starts from</param>
/// <param name="end">the id that ends a target</param>
public sealed class SamplingSearch(IReadOnlyList<LogitRule> rules, ulong seed, int begin, int end)
{
    readonly Sampler sampler = new(rules);

    sealed class Draft(CounterRandom random, int maximumLength, int place)
    {
        public CounterRandom Random = random;
        public readonly List<int> Ids = [];
        public double LogProbability;
        public readonly int MaximumLength = maximumLength, Place = place;
    }

    /// <summary>One target for each sentence.</summary>
    /// <param name="decoding">one empty hypothesis for each sentence</param>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="sentences">for each sentence its own number, and how many ids its target may have, the end counted</param>
    /// <param name="cancellation">stops between two steps</param>
    public Hypothesis[] Run(IDecoding decoding, Workspace workspace, IReadOnlyList<(long Number, int MaximumLength)> sentences, CancellationToken cancellation = default)
    {
        var results = new Hypothesis[sentences.Count];
        var active = sentences.Select((sentence, place) => new Draft(new CounterRandom(seed, (ulong)sentence.Number), sentence.MaximumLength, place)).ToList();
        var last = new int[active.Count];
        Array.Fill(last, begin);
        while (active.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Extend(decoding, workspace, active, last);
            int[] alive = [.. Enumerable.Range(0, active.Count).Where(row => last[row] != end)];
            foreach (var (draft, _) in active.Zip(last).Where(pair => pair.Second == end))
                results[draft.Place] = new([.. draft.Ids], draft.LogProbability, draft.LogProbability);
            decoding.Reorder(alive);
            active = [.. alive.Select(row => active[row])];
            last = [.. alive.Select(row => last[row])];
        }
        return results;
    }

    void Extend(IDecoding decoding, Workspace workspace, List<Draft> active, int[] last)
    {
        using var pass = Pass.Infer(workspace);
        var logits = decoding.Next(pass, last);
        var normalisers = Ops.LogSumExp(logits);
        for (var row = 0; row < active.Count; row++)
        {
            var scores = logits.Data.Slice(row * logits.Shape.Columns, logits.Shape.Columns).Span;
            var draft = active[row];
            if (!float.IsFinite(normalisers.Data[row]))
                throw new NotFiniteNumberException($"The scores of id {draft.Ids.Count + 1} of a target are not finite: log Σ exp is {normalisers.Data[row]}.", normalisers.Data[row]);
            last[row] = draft.Ids.Count + 1 >= draft.MaximumLength ? end : sampler.Draw(scores, ref draft.Random);
            draft.LogProbability += scores[last[row]] - normalisers.Data[row];
            if (last[row] != end) draft.Ids.Add(last[row]);
        }
    }
}

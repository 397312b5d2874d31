using Heed.Models;
using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>argmaxᵧ log p(y|x)/|y|^α, searched breadth-first with the best few hypotheses of each step. Graves 2012; Wu et al. 2016, §7.</summary>
/// <remarks>Of equal sums of log-probabilities the lower row counts as better, then the greater logit, then the lower id. It sees any model through <see cref="IDecoding"/>. What it finds for a sentence does not depend on the others of its batch.</remarks>
/// <param name="options">beam, length penalty and limits</param>
/// <param name="begin">the id every target starts from</param>
/// <param name="end">the id that ends a target</param>
public sealed class BeamSearch(DecodingOptions options, int begin, int end)
{
    /// <summary>The best targets of each sentence, best first, at most as many as the beam is wide.</summary>
    /// <param name="decoding">one empty hypothesis for each sentence</param>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="maximumLengths">for each sentence how many ids, the end counted, its target may have; at least 1</param>
    /// <param name="cancellation">stops the search between two steps</param>
    public IReadOnlyList<Hypothesis>[] Run(IDecoding decoding, Workspace workspace, ReadOnlySpan<int> maximumLengths, CancellationToken cancellation = default)
    {
        var sentences = new Beam[decoding.Count];
        for (var i = 0; i < sentences.Length; i++) sentences[i] = new Beam(options, end, maximumLengths[i]);
        using var links = new Links();
        var search = new Search([.. sentences], links, new Candidates(Beam.Ranks(options)), [], begin);
        while (search.Active.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            search.Step(decoding, workspace, Beam.NextIds(options));
        }
        return Array.ConvertAll(sentences, static sentence => sentence.Finished());
    }

    /// <summary>A search under way: what it uses again at every step, so that a step allocates nothing.</summary>
    sealed class Search(List<Beam> active, Links links, Candidates candidates, List<int> parents, int begin)
    {
        int[] last = NewFilled(active.Count, begin), ids = [];

        /// <summary>The sentences that are not done.</summary>
        public List<Beam> Active => active;

        public void Step(IDecoding decoding, Workspace workspace, int nextIds)
        {
            using (var pass = Pass.Infer(workspace))
            {
                var step = BeamStep.Of(decoding.Next(pass, last), nextIds, ref ids);
                var row = 0;
                foreach (var sentence in active)
                {
                    var after = sentence.Rank(step, row, candidates);
                    sentence.Choose(candidates.Ranked, row, links, parents);
                    row = after;
                }
            }
            active.RemoveAll(static sentence => sentence.IsDone);
            CollectLast();
            decoding.Reorder(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parents));
            parents.Clear();
        }

        void CollectLast()
        {
            if (last.Length != parents.Count) last = new int[parents.Count];
            var row = 0;
            foreach (var sentence in active) row = sentence.CopyLast(links, last, row);
        }

        static int[] NewFilled(int count, int value)
        {
            var filled = new int[count];
            Array.Fill(filled, value);
            return filled;
        }
    }
}

using Heed.Models;
using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>argmaxᵧ log p(y|x)/|y|^α, searched breadth-first with the best few hypotheses of each step. Graves 2012; Wu et al. 2016, §7.</summary>
/// <remarks>It sees any model through <see cref="IDecoding"/>. What it finds for a sentence does not depend on the others of its batch.</remarks>
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
        List<Beam> active = [.. sentences];
        List<int> parents = [];
        var last = new int[sentences.Length];
        Array.Fill(last, begin);
        while (active.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            using (var pass = Pass.Infer(workspace))
            {
                var logits = decoding.Next(pass, last);
                var normalisers = Ops.LogSumExp(logits);
                var row = 0;
                foreach (var sentence in active) row = sentence.Advance(logits, normalisers, row, parents);
            }
            active.RemoveAll(static sentence => sentence.IsDone);
            last = CollectLast(active, parents.Count, last);
            decoding.Reorder(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parents));
            parents.Clear();
        }
        return Array.ConvertAll(sentences, static sentence => sentence.Finished());
    }

    static int[] CollectLast(List<Beam> active, int count, int[] reuse)
    {
        var last = reuse.Length == count ? reuse : new int[count];
        var row = 0;
        foreach (var sentence in active) row = sentence.CopyLast(last, row);
        return last;
    }
}

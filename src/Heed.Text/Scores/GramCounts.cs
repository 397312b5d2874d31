using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>How often the n-grams of a hypothesis occur in it, and how many of them each reference matches.</summary>
sealed class GramCounts(int order)
{
    readonly NGrams grams = new();
    readonly List<int> inHypothesis = [];
    readonly List<int> inReferences = [];
    readonly List<int> inThis = [];
    readonly List<int> touched = [];

    /// <summary>Begins a segment with the symbols of its hypothesis.</summary>
    public void Begin(ReadOnlySpan<int> hypothesis)
    {
        grams.Clear();
        inHypothesis.Clear();
        inHypothesis.Add(0);
        for (var start = 0; start < hypothesis.Length; start++)
        {
            var node = NGrams.Root;
            var most = Math.Min(order, hypothesis.Length - start);
            for (var n = 0; n < most; n++)
            {
                node = grams.Add(node, hypothesis[start + n]);
                if (node == inHypothesis.Count) inHypothesis.Add(1);
                else CollectionsMarshal.AsSpan(inHypothesis)[node]++;
            }
        }
        CollectionsMarshal.SetCount(inReferences, inHypothesis.Count);
        CollectionsMarshal.SetCount(inThis, inHypothesis.Count);
        Forget();
        CollectionsMarshal.AsSpan(inThis).Clear();
    }

    /// <summary>Forgets the references seen so far, so that the next is matched for itself.</summary>
    public void Forget() => CollectionsMarshal.AsSpan(inReferences).Clear();

    /// <summary>
    /// Adds to <paramref name="matches"/>, by n − 1, what the reference matches beyond the references before it: an n-gram of the
    /// hypothesis is matched as often as it occurs in the reference that has it most often. Papineni et al. 2002, §2.1.
    /// </summary>
    public void Match(ReadOnlySpan<int> reference, Span<double> matches)
    {
        Span<int> here = CollectionsMarshal.AsSpan(inThis), best = CollectionsMarshal.AsSpan(inReferences);
        var wanted = CollectionsMarshal.AsSpan(inHypothesis);
        for (var start = 0; start < reference.Length; start++)
        {
            var node = NGrams.Root;
            var most = Math.Min(order, reference.Length - start);
            for (var n = 0; n < most; n++)
            {
                node = grams.Find(node, reference[start + n]);
                if (node == NGrams.None) break;
                if (++here[node] == 1) touched.Add(node);
                if (here[node] <= best[node]) continue;
                best[node] = here[node];
                if (here[node] <= wanted[node]) matches[n]++;
            }
        }
        foreach (var node in touched) here[node] = 0;
        touched.Clear();
    }
}

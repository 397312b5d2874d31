using Heed.Layers;

namespace Heed.Models;

/// <summary>What configurations of all kinds of models have in common.</summary>
static class Buildable
{
    /// <summary>Stops a model from being built that cannot be.</summary>
    /// <exception cref="ArgumentException">There are faults; the message lists all of them.</exception>
    public static void Check(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0) throw new ArgumentException("The configuration cannot be built:\n  " + string.Join("\n  ", all));
    }

    /// <summary>The norm that ends a stack: the one that is given, else that of its blocks where their order leaves sums without one, else none.</summary>
    public static Norm End(Norm? given, NormOrder order, Norm ofBlocks) => given ?? (order is NormOrder.Pre or NormOrder.Sandwich or NormOrder.Parallel ? ofBlocks : new NoNorm());
}

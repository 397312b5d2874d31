using Heed.Kernels;

namespace Heed.Decoding;

/// <summary>The hypotheses of one sentence: those that live, best first, and those that have ended.</summary>
sealed class Beam(DecodingOptions options, int end, int maximumLength)
{
    readonly record struct Live(int Link, double LogProbability);

    readonly List<Hypothesis> finished = [];
    Live[] live = [new(Links.Root, 0)];
    Live[] next = [];
    int count = 1;
    int length;

    public bool IsDone { get; private set; }

    public IReadOnlyList<Hypothesis> Finished() => [.. finished.OrderByDescending(hypothesis => hypothesis.Score).Take(options.Beam)];

    /// <summary>How many next ids of each hypothesis a step must know: at most one of them ends it, one may not be allowed to, and the beam must have enough to live on.</summary>
    public static int NextIds(DecodingOptions options) => 2 * options.Beam + 1;

    /// <summary>How many candidates of all hypotheses together are worth ranking: at most one of a hypothesis ends it.</summary>
    public static int Ranks(DecodingOptions options) => 2 * options.Beam;

    /// <summary>Extends every live hypothesis by its best ids and ranks the results; returns the row after this sentence's.</summary>
    /// <param name="step">what the model says of all sentences</param>
    /// <param name="firstRow">the row of this sentence's first hypothesis</param>
    /// <param name="candidates">receives the best of this sentence</param>
    public int Rank(in BeamStep step, int firstRow, Candidates candidates)
    {
        length++;
        candidates.Clear();
        for (var i = 0; i < count; i++)
        {
            var normaliser = step.Normalisers.Data[firstRow + i];
            if (!float.IsFinite(normaliser))
                throw new NotFiniteNumberException($"The scores of id {length} of a target are not finite: log Σ exp is {normaliser}.", normaliser);
            if (length < maximumLength) Consider(i, step, firstRow + i, normaliser, candidates);
            else candidates.Offer(new(i, end, live[i].LogProbability + (step.Logits.Data[(firstRow + i) * step.Logits.Shape.Columns + end] - normaliser)));
        }
        return firstRow + count;
    }

    void Consider(int i, in BeamStep step, int row, float normaliser, Candidates candidates)
    {
        var most = (int)step.Values.Shape.Columns;
        for (var rank = row * most; rank < (row + 1) * most; rank++)
        {
            var id = step.Ids[rank];
            if (id < 0) return;
            if (id == end && length <= options.MinimumLength) continue;
            // Those after it are no better.
            if (!candidates.Offer(new(i, id, live[i].LogProbability + (step.Values.Data[rank] - normaliser)))) return;
        }
    }

    /// <summary>Keeps the best candidates: they live on, or have ended.</summary>
    /// <param name="ranked">this sentence's candidates, best first</param>
    /// <param name="firstRow">the row of this sentence's first hypothesis</param>
    /// <param name="links">where ids are kept</param>
    /// <param name="parents">receives the row each surviving hypothesis came from</param>
    public void Choose(ReadOnlySpan<Candidate> ranked, int firstRow, Links links, List<int> parents)
    {
        if (next.Length < options.Beam) next = new Live[options.Beam];
        var survivors = 0;
        var before = parents.Count;
        for (var rank = 0; rank < ranked.Length && survivors < options.Beam; rank++)
        {
            var (row, id, logProbability) = ranked[rank];
            if (id == end)
            {
                if (rank < options.Beam || length >= maximumLength) Finish(links, live[row].Link, logProbability);
                continue;
            }
            next[survivors++] = new(links.Add(id, live[row].Link), logProbability);
            parents.Add(firstRow + row);
        }
        (live, next, count) = (next, live, survivors);
        IsDone = survivors == 0 || finished.Count >= options.Beam;
        if (IsDone) parents.RemoveRange(before, parents.Count - before);
    }

    void Finish(Links links, int link, double logProbability)
        => finished.Add(new(links.Path(link, length - 1), logProbability,
            logProbability / (options.LengthPenalty == 1 ? length : Functions.Power(length, options.LengthPenalty))));

    /// <summary>Writes the last id of every live hypothesis; returns the row after them.</summary>
    public int CopyLast(Links links, int[] last, int row)
    {
        for (var i = 0; i < count; i++) last[row++] = links[live[i].Link];
        return row;
    }
}

using System.Runtime.Intrinsics;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>The hypotheses of one sentence: those that live, best first, and those that have ended.</summary>
sealed class Beam(DecodingOptions options, int end, int maximumLength)
{
    // A live hypothesis is the chain of links from its last id back to its first.
    sealed record Link(int Id, Link? Before);

    readonly record struct Live(Link? Path, double LogProbability);

    readonly record struct Candidate(int Row, int Id, double LogProbability);

    readonly List<Hypothesis> finished = [];
    readonly List<Candidate> candidates = [];
    Live[] live = [new(null, 0)];
    Live[] next = [];
    int count = 1;
    int length;

    public bool IsDone { get; private set; }

    public IReadOnlyList<Hypothesis> Finished() => [.. finished.OrderByDescending(hypothesis => hypothesis.Score).Take(options.Beam)];

    /// <summary>Extends every live hypothesis by its best ids and keeps the best of all; returns the row after this sentence's.</summary>
    /// <param name="logits">[rows, v] of all sentences</param>
    /// <param name="normalisers">[rows] log Σ exp of each row</param>
    /// <param name="firstRow">the row of this sentence's first hypothesis</param>
    /// <param name="parents">receives the row each surviving hypothesis came from</param>
    public int Advance(Tensor logits, Tensor normalisers, int firstRow, List<int> parents)
    {
        length++;
        candidates.Clear();
        var rows = count;
        for (var i = 0; i < count; i++)
        {
            var row = logits.Data.Slice((firstRow + i) * logits.Shape.Columns, logits.Shape.Columns).Span;
            var normaliser = normalisers.Data[firstRow + i];
            if (!float.IsFinite(normaliser))
                throw new NotFiniteNumberException($"The scores of id {length} of a target are not finite: log Σ exp is {normaliser}.", normaliser);
            if (length >= maximumLength) candidates.Add(new(i, end, live[i].LogProbability + (row[end] - normaliser)));
            else Consider(i, row, normaliser);
        }
        Choose(firstRow, parents);
        return firstRow + rows;
    }

    // At most one candidate of a hypothesis ends it, so twice the beam leaves enough to live on.
    int Wanted => 2 * options.Beam;

    void Consider(int i, ReadOnlySpan<float> row, float normaliser)
    {
        var floor = candidates.Count < Wanted ? double.NegativeInfinity : candidates[^1].LogProbability;
        var threshold = Threshold(floor);
        for (var start = 0; start < row.Length; start += Vector512<float>.Count)
        {
            var width = Math.Min(Vector512<float>.Count, row.Length - start);
            if (width == Vector512<float>.Count && !Vector512.GreaterThanOrEqualAny(Vector512.Create(row.Slice(start, width)), Vector512.Create(threshold))) continue;
            for (var id = start; id < start + width; id++)
            {
                if (!(row[id] >= threshold) || (id == end && length <= options.MinimumLength)) continue;
                var candidate = new Candidate(i, id, live[i].LogProbability + (row[id] - normaliser));
                if (!Insert(candidate)) continue;
                if (candidates.Count == Wanted) threshold = Threshold(candidates[^1].LogProbability);
            }
        }

        // A logit below this cannot reach the floor; a little slack covers the rounding of the subtraction.
        float Threshold(double floor)
            => double.IsNegativeInfinity(floor) ? float.NegativeInfinity : (float)(floor - live[i].LogProbability + normaliser) - 1e-3f * (1 + MathF.Abs(normaliser));
    }

    // Best first; of equals, the one met first: lower row, then lower id.
    bool Insert(Candidate candidate)
    {
        var place = candidates.Count;
        while (place > 0 && candidates[place - 1].LogProbability < candidate.LogProbability) place--;
        if (place >= Wanted) return false;
        if (candidates.Count == Wanted) candidates.RemoveAt(Wanted - 1);
        candidates.Insert(place, candidate);
        return true;
    }

    void Choose(int firstRow, List<int> parents)
    {
        if (next.Length < options.Beam) next = new Live[options.Beam];
        var survivors = 0;
        var before = parents.Count;
        for (var rank = 0; rank < candidates.Count && survivors < options.Beam; rank++)
        {
            var (row, id, logProbability) = candidates[rank];
            if (id == end)
            {
                if (rank < options.Beam || length >= maximumLength) Finish(live[row].Path, logProbability);
                continue;
            }
            next[survivors++] = new(new Link(id, live[row].Path), logProbability);
            parents.Add(firstRow + row);
        }
        (live, next, count) = (next, live, survivors);
        IsDone = survivors == 0 || finished.Count >= options.Beam;
        if (IsDone) parents.RemoveRange(before, parents.Count - before);
    }

    void Finish(Link? path, double logProbability)
    {
        var ids = new int[length - 1];
        for (var i = ids.Length - 1; i >= 0; i--, path = path!.Before) ids[i] = path!.Id;
        finished.Add(new(ids, logProbability, logProbability / (options.LengthPenalty == 1 ? length : Functions.Power(length, options.LengthPenalty))));
    }

    /// <summary>Writes the last id of every live hypothesis; returns the row after them.</summary>
    public int CopyLast(int[] last, int row)
    {
        for (var i = 0; i < count; i++) last[row++] = live[i].Path!.Id;
        return row;
    }
}

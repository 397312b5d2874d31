namespace Heed.Decoding;

/// <summary>A hypothesis with one more id.</summary>
/// <param name="Row">which hypothesis of the sentence</param>
/// <param name="Id">the id</param>
/// <param name="LogProbability">log p of all ids so far</param>
readonly record struct Candidate(int Row, int Id, double LogProbability);

/// <summary>The best candidates of a sentence's step, best first; of equals, the one that was offered first.</summary>
/// <param name="most">how many are kept</param>
sealed class Candidates(int most)
{
    readonly Candidate[] ranked = new Candidate[most];
    int count;

    /// <summary>Those that were kept.</summary>
    public ReadOnlySpan<Candidate> Ranked => ranked.AsSpan(0, count);

    /// <summary>Forgets all.</summary>
    public void Clear() => count = 0;

    /// <summary>Takes a candidate, unless as many as are kept are at least as good.</summary>
    /// <returns>whether it was taken</returns>
    public bool Offer(Candidate candidate)
    {
        var place = count;
        while (place > 0 && ranked[place - 1].LogProbability < candidate.LogProbability) place--;
        if (place == ranked.Length) return false;
        if (count < ranked.Length) count++;
        ranked.AsSpan(place, count - 1 - place).CopyTo(ranked.AsSpan(place + 1));
        ranked[place] = candidate;
        return true;
    }
}

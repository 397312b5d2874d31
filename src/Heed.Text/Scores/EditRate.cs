namespace Heed.Text;

/// <summary>
/// The fewest edits found from a hypothesis to a reference: greedy shifts, each the best of all, then insertions, deletions and
/// substitutions. Snover et al. 2006, §2.1, with the limits of Tercom.
/// </summary>
sealed class EditRate
{
    const int LongestShift = 10;
    const int FarthestShift = 50;
    const int MostCandidates = 1000;

    readonly EditMatrix matrix = new();
    readonly List<bool> wrongInHypothesis = [];
    readonly List<bool> wrongInReference = [];
    readonly List<int> aligned = [];
    int[] current = [];
    int[] candidate = [];
    int[] best = [];
    int tried;
    (int Gain, int Length, int Start, int Target) bestShift;

    /// <summary>How many edits there are.</summary>
    public int Edits(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        if (reference.Length == 0) return hypothesis.Length;
        matrix.Begin(reference, hypothesis.Length);
        current = hypothesis.ToArray();
        candidate = new int[current.Length];
        best = new int[current.Length];
        tried = 0;
        for (var shifts = 0; ; shifts++)
        {
            var distance = matrix.Fill(current);
            Align(reference.Length);
            FindShift(reference, distance);
            if (tried >= MostCandidates || bestShift.Gain <= 0) return shifts + distance;
            (current, best) = (best, current);
        }
    }

    /// <summary>
    /// Follows the cheapest way back: which words are wrong, and at which word of the hypothesis each word of the reference stands.
    /// </summary>
    void Align(int referenceLength)
    {
        wrongInHypothesis.Clear();
        wrongInReference.Clear();
        aligned.Clear();
        for (int i = current.Length, j = referenceLength; i > 0 || j > 0;)
        {
            var step = matrix[i, j];
            var wrong = step != EditMatrix.Operation.Keep;
            if (step != EditMatrix.Operation.Insert)
            {
                wrongInHypothesis.Add(wrong);
                i--;
            }
            if (step == EditMatrix.Operation.Delete) continue;
            wrongInReference.Add(wrong);
            aligned.Add(step == EditMatrix.Operation.Insert ? i - 1 : i);
            j--;
        }
        wrongInHypothesis.Reverse();
        wrongInReference.Reverse();
        aligned.Reverse();
    }

    void FindShift(ReadOnlySpan<int> reference, int distance)
    {
        bestShift = (int.MinValue, 0, 0, 0);
        for (var start = 0; start < current.Length; start++)
        {
            var from = Math.Max(0, start - FarthestShift);
            var to = Math.Min(reference.Length, start + FarthestShift + 1);
            for (var place = from; place < to; place++)
            {
                for (var length = 1; length <= LongestShift; length++)
                {
                    if (start + length > current.Length || place + length > reference.Length) break;
                    if (current[start + length - 1] != reference[place + length - 1]) break;
                    TryShifts(start, place, length, distance);
                    if (tried >= MostCandidates) return;
                }
            }
        }
        if (bestShift.Gain == int.MinValue) bestShift.Gain = 0;
    }

    /// <summary>Tries to bring the words at <paramref name="start"/> to where the equal words of the reference stand.</summary>
    void TryShifts(int start, int place, int length, int distance)
    {
        if (wrongInHypothesis.IndexOf(true, start, length) < 0 || wrongInReference.IndexOf(true, place, length) < 0) return;
        if (aligned[place] >= start && aligned[place] < start + length) return;
        var last = -1;
        for (var offset = -1; offset < length; offset++)
        {
            var target = place + offset < 0 ? 0 : aligned[place + offset] + 1;
            if (target == last) continue;
            last = target;
            Shift(start, length, target);
            tried++;
            var gain = distance - matrix.Distance(candidate, Math.Min(start, target));
            // The greatest gain, then the longest run, then the earliest, then the nearest to the beginning.
            if ((gain, length, -start, -target).CompareTo((bestShift.Gain, bestShift.Length, -bestShift.Start, -bestShift.Target)) <= 0) continue;
            bestShift = (gain, length, start, target);
            (best, candidate) = (candidate, best);
        }
    }

    /// <summary>The current words with the run moved before word <paramref name="target"/>, in <see cref="candidate"/>.</summary>
    void Shift(int start, int length, int target)
    {
        ReadOnlySpan<int> words = current, run = words.Slice(start, length);
        Span<int> result = candidate;
        if (target < start)
        {
            words[..target].CopyTo(result);
            run.CopyTo(result[target..]);
            words[target..start].CopyTo(result[(target + length)..]);
            words[(start + length)..].CopyTo(result[(start + length)..]);
            return;
        }
        // A target within the run stands for as many words behind it.
        var behind = Math.Min(target > start + length ? target : length + target, words.Length);
        words[..start].CopyTo(result);
        words[(start + length)..behind].CopyTo(result[start..]);
        run.CopyTo(result[(behind - length)..]);
        words[behind..].CopyTo(result[behind..]);
    }
}

namespace Heed.Text;

/// <summary>
/// Levenshtein distances between the beginnings of a hypothesis and of a reference, within a band around the diagonal. As in
/// Tercom.
/// </summary>
/// <remarks>Row i stands for the first i words of the hypothesis and depends on nothing else of it but its length.</remarks>
sealed class EditMatrix
{
    const int Band = 25;
    const int Infinite = 1 << 29;

    int[] costs = [];
    byte[] operations = [];
    int[] above = [];
    int[] below = [];
    int[] reference = [];
    int words;
    int width;
    int band;
    double slope;

    /// <summary>What turns a beginning of the hypothesis into one of the reference.</summary>
    public enum Operation : byte
    {
        /// <summary>Outside the band.</summary>
        None,

        /// <summary>The words are equal.</summary>
        Keep,

        /// <summary>One word for another.</summary>
        Substitute,

        /// <summary>A word of the hypothesis too many.</summary>
        Delete,

        /// <summary>A word of the reference missing.</summary>
        Insert,
    }

    /// <summary>Begins with a reference and hypotheses of <paramref name="hypothesisWords"/> words.</summary>
    public void Begin(ReadOnlySpan<int> referenceWords, int hypothesisWords)
    {
        reference = referenceWords.ToArray();
        words = hypothesisWords;
        width = reference.Length + 1;
        slope = words == 0 ? 1 : (double)reference.Length / words;
        // Where one side is so much longer that neighbouring rows of the band would not meet, it is widened.
        band = Band < slope / 2 ? (int)Math.Ceiling(slope / 2 + Band) : Band;
        if (above.Length < width) (above, below) = (new int[width], new int[width]);
        var cells = (words + 1) * width;
        if (costs.Length >= cells) return;
        costs = new int[cells];
        operations = new byte[cells];
    }

    /// <summary>Fills the matrix and returns the distance.</summary>
    public int Fill(ReadOnlySpan<int> hypothesis)
    {
        for (var j = 0; j < width; j++) (costs[j], operations[j]) = (j, (byte)Operation.Insert);
        for (var i = 1; i <= words; i++)
            FillRow(i, hypothesis[i - 1], costs.AsSpan((i - 1) * width, width), costs.AsSpan(i * width, width), operations.AsSpan(i * width, width));
        return costs[(words + 1) * width - 1];
    }

    /// <summary>
    /// The distance of another hypothesis that has its first <paramref name="same"/> words in common with the one the matrix was
    /// filled for.
    /// </summary>
    public int Distance(ReadOnlySpan<int> hypothesis, int same)
    {
        costs.AsSpan(same * width, width).CopyTo(above);
        for (var i = same + 1; i <= words; i++)
        {
            FillRow(i, hypothesis[i - 1], above.AsSpan(0, width), below.AsSpan(0, width), default);
            (above, below) = (below, above);
        }
        return above[width - 1];
    }

    /// <summary>The operation that ends the cheapest way to row i, column j.</summary>
    public Operation this[int i, int j] => (Operation)operations[i * width + j];

    void FillRow(int i, int word, ReadOnlySpan<int> previous, Span<int> row, Span<byte> steps)
    {
        row.Fill(Infinite);
        var middle = (int)Math.Floor(i * slope);
        var from = Math.Max(0, middle - band);
        var to = i == words ? width : Math.Min(width, middle + band);
        for (var j = from; j < to; j++)
        {
            var (best, step) = (Infinite, Operation.None);
            if (j == 0) (best, step) = (previous[0] + 1, Operation.Delete);
            else
            {
                // Of equal costs the first wins, in this order.
                var kept = reference[j - 1] == word;
                var across = previous[j - 1] + (kept ? 0 : 1);
                if (across < best) (best, step) = (across, kept ? Operation.Keep : Operation.Substitute);
                if (previous[j] + 1 < best) (best, step) = (previous[j] + 1, Operation.Delete);
                if (row[j - 1] + 1 < best) (best, step) = (row[j - 1] + 1, Operation.Insert);
            }
            row[j] = best;
            if (!steps.IsEmpty) steps[j] = (byte)step;
        }
    }
}

namespace Heed.Tensors;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Names
{
    const int LongestCompared = 500;

    /// <summary>The candidate with the fewest insertions, deletions and substitutions from <paramref name="name"/>; the first of equals in ordinal order.</summary>
    /// <exception cref="ArgumentException">There are no candidates.</exception>
    public static string Nearest(string name, IEnumerable<string> candidates)
        => candidates.Order(StringComparer.Ordinal).MinBy(candidate => Distance(name, candidate))
            ?? throw new ArgumentException("There are no candidates.", nameof(candidates));

    /// <summary>Levenshtein distance of the first few hundred characters, case ignored.</summary>
    static int Distance(string given, string known)
    {
        // A name that somebody meant is no longer; a file can hold one of megabytes.
        ReadOnlySpan<char> a = given.AsSpan(0, Math.Min(given.Length, LongestCompared)), b = known.AsSpan(0, Math.Min(known.Length, LongestCompared));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }
        return row[b.Length];
    }
}

using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>Says of pair after pair whether it is left out, and why: by its text, and then by its ids.</summary>
/// <remarks>Of several reasons the first is said. Duplicates are those of pairs that met no other reason of their text.</remarks>
sealed class PairFilter(DataFilters filters, int longest)
{
    readonly HashTable pairs = new(), sources = new(), targets = new();

    /// <summary>Why the next pair is left out by its text; nothing where it stays.</summary>
    public LeftOutReason? OfText(SentencePair pair)
    {
        if (filters.Identical && pair.Source == pair.Target) return LeftOutReason.Identical;
        if (filters.MinimumWords > 0 && Math.Min(Words(pair.Source), Words(pair.Target)) < filters.MinimumWords) return LeftOutReason.TooFewWords;
        if (filters.MaximumWords > 0 && Math.Max(Words(pair.Source), Words(pair.Target)) > filters.MaximumWords) return LeftOutReason.TooManyWords;
        if (filters.SourceScript != Script.Any && Scripts.Share(filters.SourceScript, pair.Source) < filters.MinimumShare) return LeftOutReason.SourceScript;
        if (filters.TargetScript != Script.Any && Scripts.Share(filters.TargetScript, pair.Target) < filters.MinimumShare) return LeftOutReason.TargetScript;
        return IsRepeated(pair) ? LeftOutReason.Duplicate : null;
    }

    /// <summary>Why a pair is left out by the numbers of its ids; nothing where it stays.</summary>
    public LeftOutReason? OfIds(int source, int target)
    {
        if (source == 0 || target == 0) return LeftOutReason.Empty;
        if (source > longest || target > longest) return LeftOutReason.TooLong;
        var ratio = (double)Math.Max(source, target) / Math.Min(source, target);
        return filters.MaximumRatio > 0 && ratio > filters.MaximumRatio ? LeftOutReason.Ratio : null;
    }

    // Of either side, both are remembered: a kept pair's sides are there from now on.
    bool IsRepeated(SentencePair pair) => filters.Duplicates switch
    {
        Duplicates.Pair => !pairs.Add(Hash(pair.Target, Hash(pair.Source, 0) + 1)),
        Duplicates.Source => !sources.Add(Hash(pair.Source, 0)),
        Duplicates.Target => !targets.Add(Hash(pair.Target, 0)),
        Duplicates.Either => IsEitherRepeated(Hash(pair.Source, 0), Hash(pair.Target, 0)),
        _ => false,
    };

    bool IsEitherRepeated(ulong source, ulong target)
    {
        if (sources.Contains(source) || targets.Contains(target)) return true;
        sources.Add(source);
        targets.Add(target);
        return false;
    }

    static int Words(string text)
    {
        var (words, within) = (0, false);
        foreach (var letter in text)
        {
            var space = char.IsWhiteSpace(letter);
            if (!space && !within) words++;
            within = !space;
        }
        return words;
    }

    // Every character moves the whole state, by the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    static ulong Hash(string text, ulong state)
    {
        state ^= (ulong)text.Length;
        foreach (var letter in text)
        {
            state = (state ^ letter) + 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            state ^= state >> 31;
        }
        return state;
    }

    /// <summary>A set of 64-bit numbers: open addressing, at most three quarters full.</summary>
    sealed class HashTable
    {
        ulong[] places = [];
        int count;
        bool hasZero;

        public bool Contains(ulong value) => value == 0 ? hasZero : places.Length > 0 && places[Place(value)] == value;

        /// <summary>Adds a number, and says whether it was not there.</summary>
        public bool Add(ulong value)
        {
            if (Contains(value)) return false;
            // Zero marks an empty place.
            if (value == 0) return hasZero = true;
            if (4L * (count + 1) > 3L * places.Length) Grow();
            places[Place(value)] = value;
            count++;
            return true;
        }

        int Place(ulong value)
        {
            var place = (int)(value & (ulong)(places.Length - 1));
            while (places[place] != 0 && places[place] != value) place = (place + 1) & (places.Length - 1);
            return place;
        }

        void Grow()
        {
            var old = places;
            places = new ulong[Math.Max(1024, 2 * old.Length)];
            foreach (var value in old)
                if (value != 0) places[Place(value)] = value;
        }
    }
}

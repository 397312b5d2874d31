using Heed.Data;
using Heed.Text;

namespace Heed.Translation;

/// <summary>The way of text to ids, pair after pair: the filters of text, the tokenizers, the filters of ids.</summary>
/// <param name="source">cuts sources</param>
/// <param name="target">cuts targets</param>
/// <param name="filter">leaves pairs out</param>
/// <param name="tally">counts them; it stands where the pairs that were encoded before end</param>
sealed class PairEncoder(Tokenizer source, Tokenizer target, PairFilter filter, DataTally tally)
{
    readonly List<int> from = [], to = [];

    /// <summary>Encodes pairs from where the tally stands; those before it only pass the filters of text, which remember them.</summary>
    /// <param name="pairs">all pairs from the first</param>
    /// <param name="keep">receives the ids of a pair that stays; the lists are used again</param>
    /// <returns>each pair that was encoded or left out</returns>
    public IEnumerable<SentencePair> Encode(IEnumerable<SentencePair> pairs, Action<List<int>, List<int>> keep)
    {
        var (passed, begin) = (0L, tally.Pairs);
        foreach (var pair in pairs)
        {
            var reason = filter.OfText(pair);
            if (++passed <= begin) continue;
            if (reason is null) reason = Cut(pair);
            if (reason is { } why) tally.LeaveOut(why, pair);
            else
            {
                keep(from, to);
                tally.Keep(from.Count, to.Count);
            }
            yield return pair;
        }
    }

    LeftOutReason? Cut(SentencePair pair)
    {
        from.Clear();
        to.Clear();
        source.Encode(pair.Source, from);
        target.Encode(pair.Target, to);
        return filter.OfIds(from.Count, to.Count);
    }
}

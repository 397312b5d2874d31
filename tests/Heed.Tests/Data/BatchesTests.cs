using Heed.Data;
using Heed.Kernels;
using Heed.Models;

namespace Heed.Tests.Data;

public sealed class BatchesTests
{
    const int Begin = 0, End = 1;

    // The first id of a source tells which pair it is.
    static PairCorpus Corpus(int pairs)
    {
        var random = new CounterRandom(3, 1);
        var corpus = new PairCorpus();
        for (var i = 0; i < pairs; i++)
            corpus.Add([100 + i, .. new int[random.Below(9)]], [.. Enumerable.Repeat(7, 1 + (int)random.Below(12))]);
        return corpus;
    }

    static readonly BatchOptions options = new() { Tokens = 40, Pool = 25, Seed = 5 };

    static Batches Make(PairCorpus corpus, BatchOptions? other = null) => new(corpus, other ?? options, Begin, End);

    static List<int> Pairs(PairBatch batch)
        => [.. Enumerable.Range(0, batch.Source.Segments.Count).Select(i => batch.Source.Ids.Span[batch.Source.Segments.Start(i)] - 100)];

    static string Spell(PairBatch batch)
        => $"{string.Join(' ', batch.Source.Ids.ToArray())} | {string.Join(' ', batch.Target.Ids.ToArray())} | {string.Join(' ', batch.Next.ToArray())}";

    [Fact]
    public void Every_pair_is_in_every_epoch_once()
    {
        var batches = Make(Corpus(103));
        var epochs = batches.From(default).TakeWhile(step => step.After.Epoch < 3).ToList();
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var count = batches.CountOf(epoch);
            var met = epochs.Take(count).SelectMany(step => Pairs(step.Batch)).Order();
            Assert.Equal(Enumerable.Range(0, 103), met);
            epochs.RemoveRange(0, count);
        }
    }

    [Fact]
    public void Batches_whose_memory_is_used_again_hold_what_fresh_ones_hold()
    {
        Batches fresh = Make(Corpus(103)), recycled = Make(Corpus(103));
        List<string> Read(Batches batches, bool recycle)
        {
            var read = new List<string>();
            foreach (var (batch, after) in batches.From(default))
            {
                read.Add($"{Spell(batch)} | {string.Join(' ', batch.Source.Places.Indices.ToArray())} | {string.Join(' ', batch.Target.Places.Indices.ToArray())}");
                if (recycle) batches.Recycle(batch);
                if (after.Epoch == 3) break;
            }
            return read;
        }
        Assert.Equal(Read(fresh, recycle: false), Read(recycled, recycle: true));
    }

    [Fact]
    public void Memory_that_was_given_back_twice_serves_one_batch_only()
    {
        var batches = Make(Corpus(103));
        using var steps = batches.From(default).GetEnumerator();
        steps.MoveNext();
        batches.Recycle(steps.Current.Batch);
        batches.Recycle(steps.Current.Batch with { });
        steps.MoveNext();
        var (first, spelled) = (steps.Current.Batch, Spell(steps.Current.Batch));
        steps.MoveNext();
        Assert.Equal(spelled, Spell(first));
    }

    [Fact]
    public void A_batch_keeps_to_its_budget_unless_one_pair_is_over_it()
    {
        var corpus = Corpus(90);
        corpus.Add([190], new int[77]);
        foreach (var batch in Make(corpus).From(default).TakeWhile(step => step.After.Epoch == 0).Select(step => step.Batch))
            Assert.True(batch.TargetTokens <= 40 || Pairs(batch) is [90], $"{batch.TargetTokens} target ids in {Pairs(batch).Count} pairs.");
    }

    [Fact]
    public void Batches_hold_pairs_of_like_length()
    {
        var within = Make(Corpus(400), options with { Pool = 400 }).From(default).TakeWhile(step => step.After.Epoch == 0)
            .Select(step => step.Batch.Target.Segments)
            .Max(s => Enumerable.Range(0, s.Count).Max(s.Length) - Enumerable.Range(0, s.Count).Min(s.Length));
        Assert.InRange(within, 0, 4);
    }

    [Fact]
    public void Sources_end_targets_begin_and_what_comes_next_is_the_target_shifted()
    {
        var corpus = new PairCorpus();
        corpus.Add([5, 6], [7]);
        corpus.Add([8], [9, 10]);
        var batch = Assert.Single(Make(corpus).InOrder());
        Assert.Equal([5, 6, End, 8, End], batch.Source.Ids.Span);
        Assert.Equal([Begin, 7, Begin, 9, 10], batch.Target.Ids.Span);
        Assert.Equal([7, End, 9, 10, End], batch.Next.Span);
        Assert.Equal((0, 3, 2), (batch.Source.Segments.Start(0), batch.Source.Segments.Start(1), batch.Source.Segments.Count));
        Assert.Equal([0, 1, 0, 1, 2], batch.Target.Places.Indices.Span);
    }

    [Fact]
    public void In_order_is_in_order()
        => Assert.Equal(Enumerable.Range(0, 50), Make(Corpus(50)).InOrder().SelectMany(Pairs));

    [Fact]
    public void From_any_position_on_the_sequence_is_the_same()
    {
        var corpus = Corpus(60);
        var straight = Make(corpus).From(default).Take(40).ToList();
        for (var stop = 1; stop < 40; stop++)
        {
            var resumed = Make(corpus).From(straight[stop - 1].After).First();
            Assert.Equal(Spell(straight[stop].Batch), Spell(resumed.Batch));
            Assert.Equal(straight[stop].After, resumed.After);
        }
    }

    [Fact]
    public void Seeds_and_epochs_give_other_orders_and_the_same_seed_the_same()
    {
        var corpus = Corpus(60);
        string Epoch(ulong seed, int epoch)
            => string.Join('\n', Make(corpus, options with { Seed = seed }).From(new(epoch, 0))
                .TakeWhile(step => step.After.Epoch == epoch).Select(step => Spell(step.Batch)));
        Assert.Equal(Epoch(5, 0), Epoch(5, 0));
        Assert.NotEqual(Epoch(5, 0), Epoch(6, 0));
        Assert.NotEqual(Epoch(5, 0), Epoch(5, 1));
    }

    [Fact]
    public void No_pairs_are_refused() => Assert.Throws<InvalidOperationException>(() => Make(new PairCorpus()).From(default).First());

    [Fact]
    public void A_corpus_gives_back_what_was_added()
    {
        var corpus = new PairCorpus();
        Assert.Equal(0, corpus.Count);
        corpus.Add([1, 2, 3], [4]);
        corpus.Add([], [5, 6]);
        Assert.Equal((2, 3L), (corpus.Count, corpus.TargetTokens));
        Assert.Equal([1, 2, 3], corpus.Source(0));
        Assert.Equal([], corpus.Source(1));
        Assert.Equal([4], corpus.Target(0));
        Assert.Equal([5, 6], corpus.Target(1));
    }
}

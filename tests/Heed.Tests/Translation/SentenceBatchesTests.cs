using FsCheck;
using FsCheck.Fluent;
using Heed.Decoding;
using Heed.Tests.Support;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class SentenceBatchesTests
{
    static readonly DecodingOptions atMost32 = new() { BatchTokens = int.MaxValue, BatchSentences = 32 };

    sealed record Draw(int[] Lengths, int MostTokens, int MostSentences, int Threads)
    {
        public DecodingOptions Options => new() { BatchTokens = MostTokens, BatchSentences = MostSentences };
    }

    static readonly Gen<Draw> draws =
        from lengths in Gen.Choose(1, 200).SelectMany(count => Gen.ArrayOf(Gen.Frequency((9, Gen.Choose(1, 40)), (1, Gen.Choose(200, 3000))), count))
        from tokens in Gen.Elements(1, 30, 400, 2048, int.MaxValue)
        from sentences in Gen.Elements(0, 0, 1, 7, 32)
        from threads in Gen.Choose(1, 9)
        select new Draw(lengths, tokens, sentences, threads);

    static IEnumerable<Draw> Smaller(Draw draw)
    {
        if (draw.Lengths.Length > 1) yield return draw with { Lengths = draw.Lengths[..^1] };
        if (draw.Lengths.Length > 1) yield return draw with { Lengths = draw.Lengths[1..] };
        if (draw.Threads > 1) yield return draw with { Threads = draw.Threads - 1 };
    }

    static int[] Sizes(int[] lengths, DecodingOptions options, int threads) => [.. SentenceBatches.Of(lengths, options, threads).Select(batch => batch.Length)];

    [Fact]
    public void Every_sentence_is_in_one_batch_the_longest_first_and_no_batch_is_larger_than_told()
        => Drawn.Each(500, draws, Smaller, draw =>
        {
            var batches = SentenceBatches.Of(draw.Lengths, draw.Options, draw.Threads);
            var places = batches.SelectMany(batch => batch).ToArray();
            Assert.Equal(Enumerable.Range(0, draw.Lengths.Length), places.Order());
            Assert.Equal(draw.Lengths.OrderDescending(), places.Select(place => draw.Lengths[place]));
            foreach (var batch in batches.Where(batch => batch.Length > 1))
            {
                Assert.True(batch.Sum(place => draw.Lengths[place]) <= draw.MostTokens, $"{batch.Length} sentences are more ids than {draw.MostTokens}");
                Assert.True(draw.MostSentences == 0 || batch.Length <= draw.MostSentences, $"{batch.Length} sentences are more than {draw.MostSentences}");
            }
        });

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void Threads_are_no_reason_for_smaller_batches_than_told(int threads)
        => Assert.Equal(Enumerable.Repeat(32, 10), Sizes([.. Enumerable.Repeat(26, 320)], atMost32, threads));

    [Fact]
    public void No_thread_has_a_batch_while_another_has_none()
    {
        Assert.Equal([20, 20], Sizes([.. Enumerable.Repeat(26, 40)], atMost32, 2));
        Assert.Equal([24, 24, 24, 24], Sizes([.. Enumerable.Repeat(26, 96)], atMost32, 4));
        Assert.Equal([10, 10], Sizes([.. Enumerable.Repeat(26, 20)], new(), 2));
        Assert.Equal([1, 1], Sizes([30, 2], new(), 8));
    }

    [Fact]
    public void Batches_of_ids_are_about_as_many_ids_for_each_thread()
    {
        int[] lengths = [.. Enumerable.Range(0, 1000).Select(i => 4 + i % 23)];
        var ids = SentenceBatches.Of(lengths, new(), 2).Select(batch => batch.Sum(place => lengths[place])).ToArray();
        Assert.Equal(0, ids.Length % 2);
        Assert.All(ids, sum => Assert.InRange(sum, lengths.Sum() / ids.Length - 26, lengths.Sum() / ids.Length + 26));
    }

    [Fact]
    public void A_sentence_longer_than_a_batch_may_be_is_alone()
        => Assert.Equal([1, 1, 2], Sizes([10, 3000, 4000, 10], new(), 1));

    [Fact]
    public void Nothing_is_no_batch() => Assert.Empty(SentenceBatches.Of([], new(), 2));
}

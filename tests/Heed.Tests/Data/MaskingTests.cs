using Heed.Data;

namespace Heed.Tests.Data;

/// <summary>What masking hides: how much, of what, and what stands there instead.</summary>
public sealed class MaskingTests
{
    const int Mask = 2, Texts = 400;

    static readonly int[] others = [.. Enumerable.Range(3, 97)];

    public static TheoryData<string> Kinds => ["tokens", "wholeWords", "spans"];

    static Masking Kind(string name) => name switch { "tokens" => new TokenMasking(), "wholeWords" => new WholeWordMasking(), _ => new SpanMasking() };

    // Texts of 40 words: of one, two and three ids in turn.
    static MaskedCorpus Corpus(Masking masking)
    {
        var corpus = new MaskedCorpus(masking, Mask, others, seed: 7);
        for (var text = 0; text < Texts; text++)
        {
            List<int> ids = [], words = [];
            for (var word = 0; word < 40; word++)
            {
                words.Add(ids.Count);
                for (var piece = 0; piece <= word % 3; piece++) ids.Add(100 + ids.Count);
            }
            corpus.Add(ids, words);
        }
        return corpus;
    }

    static (List<int> Ids, List<int> Labels) Read(MaskedCorpus corpus, int text, int epoch)
    {
        List<int> ids = [], labels = [];
        corpus.Read(text, epoch, ids, labels);
        return (ids, labels);
    }

    static IEnumerable<(List<int> Ids, List<int> Labels)> All(MaskedCorpus corpus) => Enumerable.Range(0, Texts).Select(text => Read(corpus, text, epoch: 3));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_label_is_what_stood_there_and_the_rest_is_as_it_was(string kind)
    {
        foreach (var (ids, labels) in All(Corpus(Kind(kind))))
        {
            Assert.Equal(79, ids.Count);
            Assert.Equal(79, labels.Count);
            for (var i = 0; i < ids.Count; i++)
            {
                Assert.True(labels[i] == -1 ? ids[i] == 100 + i : labels[i] == 100 + i, $"Row {i} reads {ids[i]} and has the label {labels[i]}.");
                Assert.True(ids[i] == 100 + i || ids[i] == Mask || others.Contains(ids[i]), $"Row {i} reads {ids[i]}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void About_as_many_ids_are_hidden_as_asked_and_four_in_five_are_masks(string kind)
    {
        var read = All(Corpus(Kind(kind))).ToList();
        var hidden = read.SelectMany(text => text.Labels.Zip(text.Ids)).Where(pair => pair.First >= 0).ToList();
        Assert.All(read, text => Assert.InRange(text.Labels.Count(label => label >= 0), 1, kind == "spans" ? 14 : 12));
        Assert.InRange(hidden.Count / (79.0 * Texts), 0.14, 0.16);
        Assert.InRange(hidden.Count(pair => pair.Second == Mask) / (double)hidden.Count, 0.77, 0.83);
        Assert.InRange(hidden.Count(pair => pair.Second != Mask && pair.Second != pair.First) / (double)hidden.Count, 0.08, 0.12);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_hidden_follows_from_text_epoch_and_seed_alone(string kind)
    {
        MaskedCorpus one = Corpus(Kind(kind)), other = Corpus(Kind(kind));
        foreach (var text in (int[])[5, 0, 399]) Assert.Equal(Read(one, text, epoch: 2), Read(other, text, epoch: 2), (x, y) => x.Ids.SequenceEqual(y.Ids) && x.Labels.SequenceEqual(y.Labels));
        Assert.NotEqual(Read(one, 5, epoch: 2).Labels, Read(one, 5, epoch: 3).Labels);
        Assert.NotEqual(Read(one, 5, epoch: 2).Labels, Read(one, 6, epoch: 2).Labels);
    }

    [Fact]
    public void Every_id_is_hidden_as_often_as_any_other()
    {
        var times = new int[79];
        foreach (var (_, labels) in All(Corpus(new TokenMasking())))
            for (var i = 0; i < 79; i++)
                if (labels[i] >= 0) times[i]++;
        Assert.All(times, count => Assert.InRange(count, 0.6 * 0.15 * Texts, 1.5 * 0.15 * Texts));
    }

    [Theory]
    [InlineData("wholeWords")]
    [InlineData("spans")]
    public void Of_a_word_all_ids_are_hidden_or_none(string kind)
    {
        foreach (var (_, labels) in All(Corpus(Kind(kind))))
            for (int word = 0, at = 0; word < 40; at += word % 3 + 1, word++)
                Assert.Single(labels.Skip(at).Take(word % 3 + 1).Select(label => label >= 0).Distinct());
    }

    [Fact]
    public void Spans_are_runs_of_words_with_one_fate_and_of_the_length_that_is_asked()
    {
        // Room for whole runs, so that few of them are cut.
        var read = All(Corpus(new SpanMasking { Rate = 0.5, Masked = 0.5, Random = 0.5 })).ToList();
        var runs = read.SelectMany(text => Runs(text.Labels)).ToList();
        // Neighbouring runs look like one, so that the mean lies above the 3.8 words of SpanBERT, which are 7.5 ids here.
        Assert.InRange(runs.Average(run => run.Count), 7, 13);
        // A label says where its id stood. Of three fates that are independent one run in four would be of one kind.
        var fates = All(Corpus(new SpanMasking { Masked = 0.5, Random = 0 }))
            .SelectMany(text => Runs(text.Labels).Where(run => run.Count >= 3).Select(run => run.Select(label => text.Ids[label - 100] == Mask).Distinct().Count())).ToList();
        Assert.True(fates.Count(kinds => kinds == 1) > 0.8 * fates.Count, $"Of {fates.Count} long runs {fates.Count(kinds => kinds == 1)} have one fate.");

        static IEnumerable<List<int>> Runs(List<int> labels)
        {
            var run = new List<int>();
            foreach (var label in labels.Append(-1))
            {
                if (label >= 0) run.Add(label);
                else if (run.Count > 0)
                {
                    yield return run;
                    run = [];
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_masked_where_every_hidden_id_stays_and_one_id_is_hidden_in_the_shortest_text()
    {
        foreach (var (ids, labels) in All(Corpus(new TokenMasking { Masked = 0, Random = 0 }))) Assert.Equal(Enumerable.Range(100, 79), ids);
        foreach (var kind in (Masking[])[new TokenMasking(), new WholeWordMasking(), new SpanMasking()])
        {
            var corpus = new MaskedCorpus(kind, Mask, others, seed: 1);
            corpus.Add([50], [0]);
            Assert.Equal([50], Read(corpus, 0, 0).Labels);
        }
    }

    [Fact]
    public void Shares_that_cannot_be_are_listed()
    {
        Assert.Equal(3, new TokenMasking { Rate = 0, Masked = 2, Random = double.NaN }.Faults().Count(fault => !fault.Contains("together", StringComparison.Ordinal)));
        Assert.Contains("together they must be at most 1", Assert.Single(new WholeWordMasking { Masked = 0.8, Random = 0.3 }.Faults()), StringComparison.Ordinal);
        Assert.Equal(["stop is 0; it must be above 0 and at most 1.", "longest is 0; it must be at least 1 and at most 1000."], new SpanMasking { Stop = 0, Longest = 0 }.Faults());
    }
}

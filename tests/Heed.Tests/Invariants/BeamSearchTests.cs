using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Invariants;

/// <summary>The search against plain loops that recompute everything.</summary>
public sealed class BeamSearchTests : IDisposable
{
    readonly Tiny tiny = new(seed: 12);
    readonly Workspace workspace = new(Cpu.Two);
    readonly int[][] sources = Tiny.Sequences(9, 19, 3, 7, 1, 12, 5);

    // A few steps of training make the model prefer some ends: hypotheses of different lengths finish.
    public BeamSearchTests()
        => tiny.Train(Cpu.Two, new TrainingOptions { Steps = 25, Schedule = new ConstantSchedule { Peak = 3e-3 } }, Tiny.Batch(sources, sources));

    IReadOnlyList<Hypothesis>[] Search(DecodingOptions options, int limit)
    {
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([.. sources]));
        return new BeamSearch(options, Tiny.Begin, Tiny.End).Run(decoding, workspace, [.. sources.Select(_ => limit)]);
    }

    [Fact]
    public void Beam_one_is_the_plain_argmax_loop()
    {
        var found = Search(new DecodingOptions { Beam = 1 }, 15);
        for (var i = 0; i < sources.Length; i++)
        {
            List<int> target = [Tiny.Begin];
            while (true)
            {
                var row = LastRow(sources[i], target);
                var best = target.Count == 15 ? Tiny.End : Array.IndexOf(row, row.Max());
                if (best == Tiny.End) break;
                target.Add(best);
            }
            Assert.Equal(target[1..], found[i].Single().Ids);
        }
    }

    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(3, 0.0)]
    [InlineData(5, 0.6)]
    public void A_beam_is_the_plain_search_that_recomputes_every_prefix(int beam, double penalty)
    {
        var found = Search(new DecodingOptions { Beam = beam, LengthPenalty = penalty }, 9);
        for (var i = 0; i < sources.Length; i++)
        {
            var expected = PlainSearch(sources[i], beam, penalty, 9);
            Assert.Equal(expected.Select(best => string.Join(' ', best.Ids)), found[i].Select(best => string.Join(' ', best.Ids)));
            foreach (var (plain, quick) in expected.Zip(found[i])) Assert.Equal(plain.Score, quick.Score, 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_reported_log_probability_is_teacher_forced_scoring(int beam)
    {
        // A target cut off at its limit is charged for the end it was given, so it is scored like any other.
        foreach (var (source, best) in sources.Zip(Search(new DecodingOptions { Beam = beam }, 8)))
            foreach (var hypothesis in best)
            {
                using var pass = Pass.Infer(workspace);
                var pair = new PairBatch(Tokens.Of([source]), Tokens.Of([[Tiny.Begin, .. hypothesis.Ids]]), (int[])[.. hypothesis.Ids, Tiny.End]);
                Assert.Equal(tiny.Model.Loss(pass, pair, new LossOptions()).LogProbabilitySum, hypothesis.LogProbability);
            }
    }

    [Fact]
    public void Reordered_hypotheses_are_what_their_parents_were()
    {
        int[] source = [4, 9, 2, 1], left = [Tiny.Begin, 5, 6, 7], right = [Tiny.Begin, 8, 3, 11];
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([source, source]));
        for (var t = 0; t < 3; t++) Next(decoding, [left[t], right[t]]);
        decoding.Reorder([1, 0, 1]);
        var continued = Next(decoding, [right[3], left[3], 12]);
        Assert.Equal(LastRow(source, [.. right]), continued[..19]);
        Assert.Equal(LastRow(source, [.. left]), continued[19..38]);
        Assert.Equal(LastRow(source, [.. right[..3], 12]), continued[38..]);
        decoding.Reorder([2]);
        Assert.Equal(LastRow(source, [.. right[..3], 12, 13]), Next(decoding, [13]));
    }

    [Fact]
    public void Targets_are_at_least_as_long_as_asked_and_at_most()
    {
        foreach (var best in Search(new DecodingOptions { Beam = 3, MinimumLength = 4 }, 7))
            Assert.All(best, hypothesis => Assert.InRange(hypothesis.Ids.Length, 4, 6));
    }

    float[] Next(IDecoding decoding, int[] last)
    {
        using var pass = Pass.Infer(workspace);
        return decoding.Next(pass, last).ToArray();
    }

    float[] LastRow(int[] source, List<int> target) => tiny.Logits(workspace, Tokens.Of([source]), Tokens.Of([target]))[^19..];

    // As a textbook has it: all continuations of all hypotheses, sorted; ends among the best few are done, the best that go on live.
    List<(int[] Ids, double Score)> PlainSearch(int[] source, int beam, double penalty, int limit)
    {
        List<(int[] Ids, double Score)> finished = [];
        List<(int[] Ids, double LogProbability)> live = [([], 0)];
        for (var length = 1; live.Count > 0 && finished.Count < beam; length++)
        {
            var all = live.SelectMany(hypothesis => Continue(source, hypothesis).Where(next => length < limit || next.Id == Tiny.End))
                .OrderByDescending(next => next.LogProbability).ToList();
            var scale = Math.Pow(length, penalty);
            var ends = all.Take(length < limit ? beam : all.Count).Where(next => next.Id == Tiny.End);
            finished.AddRange(ends.Select(next => (next.Before, next.LogProbability / scale)));
            var alive = all.Take(2 * beam).Where(next => next.Id != Tiny.End).Take(beam);
            live = [.. alive.Select(next => ((int[])[.. next.Before, next.Id], next.LogProbability))];
        }
        return [.. finished.OrderByDescending(done => done.Score).Take(beam)];
    }

    IEnumerable<(int[] Before, int Id, double LogProbability)> Continue(int[] source, (int[] Ids, double LogProbability) hypothesis)
    {
        var row = LastRow(source, [Tiny.Begin, .. hypothesis.Ids]);
        var normaliser = Math.Log(row.Sum(z => Math.Exp(z)));
        return row.Select((z, id) => (hypothesis.Ids, id, hypothesis.LogProbability + z - normaliser));
    }

    public void Dispose()
    {
        workspace.Dispose();
        tiny.Dispose();
    }
}

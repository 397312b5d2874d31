using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Tests.Invariants;

/// <summary>Drawing at random follows from the seed and the sentence, and from nothing else.</summary>
public sealed class SamplingTests : IDisposable
{
    readonly Tiny tiny = new(seed: 12);
    readonly Workspace workspace = new(Cpu.Two);
    readonly int[][] sources = Tiny.Sequences(9, 19, 3, 7, 1, 12, 5);

    Hypothesis[] Draw(ulong seed, IReadOnlyList<LogitRule> rules, params int[] sentences)
    {
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([.. sentences.Select(i => sources[i])]));
        return new SamplingSearch(rules, seed, Tiny.Begin, Tiny.End).Run(decoding, workspace, [.. sentences.Select(i => ((long)i, 9))]);
    }

    static string Spell(Hypothesis hypothesis) => FormattableString.Invariant($"{string.Join(' ', hypothesis.Ids)} {hypothesis.LogProbability:R}");

    [Fact]
    public void A_sentence_draws_the_same_alone_and_in_any_batch()
    {
        var together = Draw(4, [], 0, 1, 2, 3, 4);
        for (var i = 0; i < 5; i++) Assert.Equal(Spell(together[i]), Spell(Draw(4, [], i)[0]));
        Assert.Equal(Spell(together[3]), Spell(Draw(4, [], 4, 3)[1]));
    }

    [Fact]
    public void Seeds_draw_differently()
        => Assert.NotEqual(Draw(4, [], 0, 1, 2, 3, 4).Select(Spell), Draw(5, [], 0, 1, 2, 3, 4).Select(Spell));

    [Fact]
    public void Only_the_most_probable_id_left_is_greedy_search()
    {
        foreach (var rules in (LogitRule[][])[[new TopK(1)], [new TopP(1e-6f)], [new MinP(1)], [new Temperature(1e-4f)]])
            for (var i = 0; i < sources.Length; i++)
            {
                using var decoding = tiny.Model.Begin(workspace, Tokens.Of([sources[i]]));
                var greedy = new BeamSearch(new DecodingOptions { Beam = 1 }, Tiny.Begin, Tiny.End).Run(decoding, workspace, [9])[0][0];
                Assert.Equal(greedy.Ids, Draw(8, rules, i)[0].Ids);
            }
    }

    [Fact]
    public void The_reported_log_probability_is_teacher_forced_scoring()
    {
        var drawn = Draw(4, [new Temperature(1.5f)], 0, 1, 2, 3, 4);
        for (var i = 0; i < sources.Length; i++)
        {
            using var pass = Pass.Infer(workspace);
            var pair = new PairBatch(Tokens.Of([sources[i]]), Tokens.Of([[Tiny.Begin, .. drawn[i].Ids]]), (int[])[.. drawn[i].Ids, Tiny.End]);
            Assert.Equal(tiny.Model.Loss(pass, pair, new LossOptions()).LogProbabilitySum, drawn[i].LogProbability);
        }
    }

    [Fact]
    public void Rules_leave_what_they_promise()
    {
        static int[] Left(LogitRule rule)
        {
            // Probabilities 0.5, 0.25, 0.125, 0.125
            float[] logits = [MathF.Log(4), MathF.Log(2), 0, 0];
            rule.Apply(logits);
            return [.. Enumerable.Range(0, 4).Where(id => !float.IsNegativeInfinity(logits[id]))];
        }
        Assert.Equal([0, 1], Left(new TopK(2)));
        Assert.Equal([0, 1, 2], Left(new TopK(3)));
        Assert.Equal([0, 1, 2, 3], Left(new TopK(99)));
        Assert.Equal([0], Left(new TopP(0.4f)));
        Assert.Equal([0, 1], Left(new TopP(0.7f)));
        Assert.Equal([0, 1, 2], Left(new TopP(0.8f)));
        Assert.Equal([0, 1, 2, 3], Left(new TopP(1)));
        Assert.Equal([0, 1], Left(new MinP(0.4f)));
        Assert.Equal([0, 1, 2, 3], Left(new MinP(0)));
    }

    [Fact]
    public void A_temperature_shapes_how_often_an_id_is_drawn()
    {
        // The first id after the first source, over many seeds, against softmax(z/τ).
        const int Draws = 3000;
        var logits = tiny.Logits(workspace, Tokens.Of([sources[0]]), Tokens.Of([[Tiny.Begin]]));
        var weights = logits.Select(z => Math.Exp(z / 0.5)).ToArray();
        var counts = new int[19];
        for (var seed = 0; seed < Draws; seed++)
        {
            using var decoding = tiny.Model.Begin(workspace, Tokens.Of([sources[0]]));
            var ids = new SamplingSearch([new Temperature(0.5f)], (ulong)seed, Tiny.Begin, Tiny.End).Run(decoding, workspace, [(0, 2)])[0].Ids;
            counts[ids.Length == 0 ? Tiny.End : ids[0]]++;
        }
        for (var id = 0; id < 19; id++)
        {
            var expected = weights[id] / weights.Sum();
            Assert.InRange(counts[id] / (double)Draws, expected - 5 * Math.Sqrt(expected / Draws) - 1e-3,
                expected + 5 * Math.Sqrt(expected / Draws) + 1e-3);
        }
    }

    public void Dispose()
    {
        workspace.Dispose();
        tiny.Dispose();
    }
}

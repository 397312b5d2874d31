using Heed.Attention;
using Heed.Decoding;
using Heed.Models;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Tests;

/// <summary>Recurrent translators of every shape: the same bits alone, in a batch, on any threads, step by step; searched with any beam; refused with all faults at once.</summary>
public sealed class RecurrentTranslatorTests
{
    static readonly Dictionary<string, RecurrentConfig> shapes = new()
    {
        ["gru"] = Tiny.Recurrent,
        ["lstm, fed"] = Tiny.Recurrent with { Cell = new LstmCell(), InputFeeding = true },
        ["gru, fed, places alone"] = Tiny.Recurrent with { InputFeeding = true, Score = new FixedScore(), Bridge = Bridge.Mean },
        ["lstm, one way, nothing begun"] = Tiny.Recurrent with
        {
            Cell = new LstmCell(), Encoder = new RecurrentEncoder { Width = 20, Bidirectional = false }, Score = new DotScore(), Bridge = Bridge.None, Tying = Tying.None,
        },
        ["lstm without attention"] = Tiny.Recurrent with { Cell = new LstmCell(), Score = new NoScore(), Tying = Tying.Target },
    };

    static readonly int[] sourceLengths = [4, 1, 9, 17, 2, 33, 6], targetLengths = [3, 8, 1, 21, 5, 2, 40];

    public static TheoryData<string> Shapes => [.. shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_sequence_has_the_bits_it_has_alone_on_any_threads_and_step_by_step(string shape)
    {
        using var tiny = new Tiny(shapes[shape]);
        using Workspace one = new(Cpu.One), two = new(Cpu.Two);
        var (sources, targets) = (Tiny.Sequences(1, 19, sourceLengths), Tiny.Sequences(2, 19, targetLengths));
        var alone = sources.Select((source, i) => tiny.Logits(one, Tokens.Of([source]), Tokens.Of([targets[i]]))).ToArray();
        foreach (int[] order in (int[][])[[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 3, 0], [5, 1]])
            Near.SameBits([.. order.SelectMany(i => alone[i])],
                tiny.Logits(two, Tokens.Of([.. order.Select(i => sources[i])]), Tokens.Of([.. order.Select(i => targets[i])])), "batch " + string.Join(" ", order));
        for (var i = 0; i < sources.Length; i++) Near.SameBits(alone[i], tiny.LogitsStepByStep(two, sources[i], targets[i]), $"step by step, sequence {i}");
        var batch = Tiny.Batch(seed: 8, sourceLengths, targetLengths);
        Near.SameBits(tiny.Slopes(one, batch), tiny.Slopes(two, batch), "gradients");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_search_scores_a_target_as_the_whole_pass_does(string shape)
    {
        using var tiny = new Tiny(shapes[shape]);
        using var workspace = new Workspace(Cpu.Two);
        var sources = Tiny.Sequences(5, 19, 4, 9, 2);
        var options = new DecodingOptions { Beam = 4, LengthPenalty = 0 };
        using var decoding = tiny.Model.Begin(workspace, Tokens.Of([.. sources]));
        var found = new BeamSearch(options, Tiny.Begin, Tiny.End).Run(decoding, workspace, [9, 9, 9], TestContext.Current.CancellationToken);
        for (var i = 0; i < sources.Length; i++)
        {
            using var pass = Pass.Infer(workspace);
            var (best, source) = (found[i][0], sources[i]);
            int[] before = [Tiny.Begin, .. best.Ids], next = [.. best.Ids, Tiny.End];
            var loss = tiny.Model.Loss(pass, new(Tokens.Of([source]), Tokens.Of([before]), next), new());
            Assert.Equal(loss.LogProbabilitySum, best.LogProbability, 1e-4);
        }
    }

    [Fact]
    public void A_target_without_rows_and_a_batch_without_sequences_are_nothing()
    {
        foreach (var config in shapes.Values)
        {
            using var tiny = new Tiny(config);
            using var workspace = new Workspace(Cpu.Two);
            Assert.Empty(tiny.Logits(workspace, Tokens.Of([]), Tokens.Of([])));
            var (source, target) = (Tiny.Sequences(1, 19, 3), Tiny.Sequences(2, 19, 4)[0]);
            var expected = tiny.Logits(workspace, Tokens.Of([source[0]]), Tokens.Of([target]));
            Near.SameBits(expected, tiny.Logits(workspace, Tokens.Of([[5, 6], source[0]]), Tokens.Of([[], target])), "beside one without rows");
            Assert.All(tiny.Logits(workspace, Tokens.Of([[]]), Tokens.Of([target])), logit => Assert.True(float.IsFinite(logit)));
        }
    }

    [Fact]
    public void Places_alone_decide_what_fixed_weights_are()
    {
        using var tiny = new Tiny(Tiny.Recurrent with { Score = new FixedScore { Slope = 0.7f } });
        using var workspace = new Workspace(Cpu.Two);
        var weights = new Collected();
        using (var pass = Pass.Infer(workspace, weights)) tiny.Model.Forward(pass, Tokens.Of([[3, 4, 5, 6]]), Tokens.Of([[0, 7, 8]]));
        Assert.Equal(["decoder.1.cross"], weights.Paths);
        for (var t = 0; t < 3; t++)
            for (var s = 0; s < 4; s++)
            {
                var sum = Enumerable.Range(0, 4).Sum(j => Math.Exp(-0.7 * Math.Abs(t - j)));
                Assert.Equal(Math.Exp(-0.7 * Math.Abs(t - s)) / sum, weights.Values[t * 4 + s], 1e-6);
            }
    }

    [Fact]
    public void Impossible_shapes_are_refused_with_all_that_is_wrong()
    {
        var faults = (Tiny.Recurrent with
        {
            Embedding = 0,
            DecoderLayers = 0,
            Encoder = new RecurrentEncoder { Width = 0, Layers = -1 },
            Score = new NoScore(),
            InputFeeding = true,
            Bridge = Bridge.None,
            Dropout = new() { Source = 1 },
        }).Faults().ToList();
        foreach (var sentence in (string[])
        [
            "embedding is 0; it must be at least 1", "decoderLayers is 0;", "encoder.width is 0;", "encoder.layers is -1;", "inputFeeding is true, but score is none",
            "score is none and bridge is none", "dropout.source is 1; it must be at least 0 and below 1.",
        ]) Assert.Contains(faults, fault => fault.StartsWith(sentence, StringComparison.Ordinal));
        Assert.Equal(7, faults.Count);
        string Score(Score score) => Assert.Single((Tiny.Recurrent with { Score = score, Width = 21 }).Faults());
        Assert.StartsWith("score.kind is dot, but the decoder asks with 21 numbers and a row of the source has 20", Score(new DotScore()), StringComparison.Ordinal);
        Assert.StartsWith("score.rank is 21, above the width 20", Score(new ReducedBilinearScore { Rank = 21 }), StringComparison.Ordinal);
        Assert.StartsWith("score.width is 0;", Score(new AdditiveScore { Width = 0 }), StringComparison.Ordinal);
        Assert.StartsWith("score.slope is NaN;", Score(new FixedScore { Slope = float.NaN }), StringComparison.Ordinal);
        Assert.Contains("inputFeeding", Assert.Throws<ArgumentException>(() => new Tiny(Tiny.Recurrent with { Score = new NoScore(), InputFeeding = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_are_counted_product_by_product()
    {
        // One layer each way; e = 3, h = 5, encoder 2·4 wide, additive of 6 units; v = 19; 2 sources of 3 rows in all, 2 targets of 4.
        var config = Tiny.Recurrent with { Embedding = 3, Width = 5, DecoderLayers = 1, Encoder = new RecurrentEncoder { Width = 4 }, Score = new AdditiveScore { Width = 6 } };
        Segments source = new([1, 2]), target = new([3, 1]);
        double encoder = 3 * 2 * 3 * 4 * (3 + 4), bridge = 2 * 8 * 5, decoder = 4 * (3 * 5 * (3 + 5) + (8 + 5) * 3 + 3 * 19);
        double score = 6 * (4 * 5 + 3 * 8) + (3 * 1 + 1 * 2) * (6 + 8);
        Assert.Equal(2 * (encoder + bridge + decoder + score), config.Flops(source, target));
        Assert.Equal(3 * config.Flops(source, target), Flops.Training(config, source, target));
        Assert.Throws<ArgumentException>(() => config.Flops(source, new([1])));
    }

    sealed class Collected : Probe
    {
        public List<string> Paths { get; } = [];

        public List<float> Values { get; } = [];

        public override bool Wants(string path) => true;

        public override void Weights(string path, ReadOnlySpan<Kernels.SegmentPair> pairs, int heads, Kernels.Floats weights)
        {
            Paths.Add(path);
            Values.AddRange(weights.Span);
        }
    }
}

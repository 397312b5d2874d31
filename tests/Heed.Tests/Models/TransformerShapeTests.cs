using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Tests.Contracts;
using Heed.Training;

namespace Heed.Tests;

/// <summary>What a Transformer can be besides the paper's: heads, widths, masks, orders, and the parts left out one by one.</summary>
public sealed class TransformerShapeTests : IDisposable
{
    readonly Workspace workspace = new(Cpu.Two);

    static readonly Dictionary<string, TransformerConfig> shapes = new()
    {
        ["shared keys"] = Tiny.Config with { Heads = 4, Attention = new() { KeyHeads = 2 } },
        ["one key head, rotary"] = Tiny.Config with { Heads = 4, Attention = new() { KeyHeads = 1, HeadWidth = 6 }, Positions = new RotaryPositions() },
        ["heads wider than the rows"] = Tiny.Config with { Heads = 3, Attention = new() { HeadWidth = 9 } },
        ["no output matrix"] = Tiny.Config with { Attention = new() { Projections = Projections.Inputs } },
        ["no matrices, no scale"] = Tiny.Config with { Heads = 1, Attention = new() { Projections = Projections.None, Scaled = false } },
        ["no matrices, relative"] = Tiny.Config with { Attention = new() { Projections = Projections.None }, Positions = new ShawPositions { Clip = 2 } },
        ["no matrices, rotary"] = Tiny.Config with { Attention = new() { Projections = Projections.None }, Positions = new RotaryPositions() },
        ["a wider encoder"] = Tiny.Config with { EncoderWidth = 28, Tying = Tying.Target, Positions = new T5Positions { Buckets = 8, MaximumDistance = 12 } },
        ["a narrower encoder with shared keys"] = Tiny.Config with { EncoderWidth = 12, Tying = Tying.None, Attention = new() { KeyHeads = 1 } },
        ["windows"] = Tiny.Config with { EncoderMask = new WindowView { Before = 1, After = 1 }, DecoderMask = new WindowView { Before = 3, After = 0 } },
        ["blocks"] = Tiny.Config with { EncoderMask = new BlocksView { Size = 3 }, DecoderMask = new BlocksView { Size = 2, Causal = true } },
        ["strictly causal"] = Tiny.Config with { DecoderMask = new StrictlyCausalView() },
        ["one first row"] = Tiny.Config with { DecoderMask = new PrefixView() },
        ["relative in a window"] = Tiny.Config with { EncoderMask = new WindowView(), DecoderMask = new WindowView { After = 0 }, Positions = new ShawPositions { Clip = 1 } },
        ["sandwich"] = Tiny.Config with { Order = NormOrder.Sandwich },
        ["deep"] = Tiny.Config with { Order = NormOrder.Deep },
        ["parallel"] = Tiny.Config with { Order = NormOrder.Parallel },
        ["no residual"] = Tiny.Config with { Order = NormOrder.NoResidual },
        ["bare norms"] = Tiny.Config with { Norm = new LayerNorm { Gain = false, Bias = false } },
    };

    public static TheoryData<string> Names => [.. shapes.Keys];

    /// <summary>Orders and masks have their gradients checked as layers; here are other heads, widths and norms.</summary>
    public static TheoryData<string> NamesOfOtherParts
        => [.. shapes.Where(shape => shape.Value is var c && (c.Attention != new AttentionConfig() || c.EncoderWidth is not null || c.Norm != new LayerNorm())).Select(shape => shape.Key)];

    [Theory, MemberData(nameof(Names))]
    public void Cached_is_recomputed_and_alone_is_in_a_batch(string name)
    {
        using var tiny = new Tiny(shapes[name]);
        int[][] sources = Tiny.Sequences(1, 19, 5, 1, 18, 3), targets = Tiny.Sequences(2, 19, 2, 19, 1, 7);
        var alone = sources.Select((source, i) => tiny.Logits(workspace, Tokens.Of([source]), Tokens.Of([targets[i]]))).ToArray();
        Near.SameBits([.. alone.SelectMany(logits => logits)], tiny.Logits(workspace, Tokens.Of([.. sources]), Tokens.Of([.. targets])), "batch");
        for (var i = 0; i < sources.Length; i++) Near.SameBits(alone[i], tiny.LogitsStepByStep(workspace, sources[i], targets[i]), $"cached sequence {i}");
    }

    [Theory, MemberData(nameof(NamesOfOtherParts))]
    public void Central_differences_confirm_the_gradients(string name) => LayerGradientTests.Whole(shapes[name] with { EncoderLayers = 1, DecoderLayers = 1 });

    [Fact]
    public void Without_matrices_attention_is_the_softmax_of_the_rows_own_products()
    {
        using var parameters = new ParameterSet();
        var attention = new MultiHeadAttention(parameters.Root, new BlockConfig
        {
            Width = 3, Heads = 1, Dropout = DropoutRates.None, Attention = new() { Projections = Projections.None, Scaled = false },
        });
        Assert.Empty(parameters.Parameters);
        float[][] rows = [[1, 0, 1], [0, 2, 0], [1, 1, 1]];
        using var pass = Pass.Infer(workspace);
        var x = new Rows(pass.From([.. rows.SelectMany(row => row)], [3, 3]), Segments.One(3));
        var y = attention.Forward(x, x, Mask.Full, KeyValues.None).ToArray();
        for (var i = 0; i < 3; i++)
        {
            var weights = rows.Select(row => Math.Exp(row.Zip(rows[i], (a, b) => a * b).Sum())).ToArray();
            for (var c = 0; c < 3; c++)
                Assert.Equal(rows.Select((row, j) => weights[j] * row[c]).Sum() / weights.Sum(), y[3 * i + c], 1e-5);
        }
    }

    [Fact]
    public void Shared_keys_are_keys_that_stand_there_twice()
    {
        BlockConfig apart = new() { Width = 12, Heads = 4, Dropout = DropoutRates.None }, shared = apart with { Attention = new() { KeyHeads = 2 } };
        using ParameterSet many = new(), few = new();
        MultiHeadAttention own = new(many.Root, apart), grouped = new(few.Root, shared);
        many.Initialise(3);
        few.Initialise(3);
        foreach (var parameter in few.Parameters)
        {
            var from = parameter.Value.Span.ToArray();
            var to = many[parameter.Path].Value.Span;
            // A head has three rows of a matrix: those of key head 0 for heads 0 and 1, those of key head 1 for heads 2 and 3.
            var head = from.Length / 2;
            float[] doubled = from.Length == to.Length ? from : [.. from[..head], .. from[..head], .. from[head..], .. from[head..]];
            doubled.CopyTo(to);
        }
        var random = new CounterRandom(5, 5);
        using var pass = Pass.Infer(workspace);
        var x = new Rows(pass.From([.. Enumerable.Range(0, 9 * 12).Select(_ => random.NextNormal())], [9, 12]), new Segments([5, 4]));
        Near.Within(1e-6, own.Forward(x, x, Mask.Causal, KeyValues.None).Data.Span, grouped.Forward(x, x, Mask.Causal, KeyValues.None).Data.Span, "rows");
    }

    [Fact]
    public void Every_order_is_its_equation()
    {
        foreach (var order in Enum.GetValues<NormOrder>())
        {
            using var parameters = new ParameterSet();
            var c = new BlockConfig { Width = 8, Order = order, ResidualGain = 1.5f, Dropout = DropoutRates.None, Norm = new RmsNorm() };
            Residual first = new(parameters.Root / "first", c), second = first.Next(parameters.Root / "second");
            parameters.Initialise(1);
            foreach (var parameter in parameters.Parameters) for (var i = 0; i < 8; i++) parameter.Value[i] = 1 + 0.1f * i;
            using var pass = Pass.Infer(workspace);
            var x = pass.From([1, -2, 3, 0.5f, 4, 1, -1, 2], [1, 8]);
            var y = second.Around(first.Around(x, x, 2f, static (by, z) => Ops.Scale(z, by)), x, -3f, static (by, z) => Ops.Scale(z, by));
            Tensor Norm(string path, Tensor z) => Ops.RmsNorm(z, parameters[path + ".weight"], 1e-6f);
            Tensor Step(string name, Tensor z, float by) => order switch
            {
                NormOrder.Pre => Ops.Add(z, Ops.Scale(Norm(name, z), by)),
                NormOrder.Post => Norm(name, Ops.Add(z, Ops.Scale(z, by))),
                NormOrder.Sandwich => Ops.Add(z, Norm(name + ".after", Ops.Scale(Norm(name, z), by))),
                NormOrder.Deep => Norm(name, Ops.Add(Ops.Scale(z, 1.5f), Ops.Scale(z, by))),
                NormOrder.Parallel => Ops.Add(z, Ops.Scale(Norm("first", x), by)),
                _ => Norm(name, Ops.Scale(z, by)),
            };
            Near.SameBits(Step("second", Step("first", x, 2), -3).Data.Span, y.Data.Span, order.ToString());
            Assert.Equal(order == NormOrder.Sandwich ? 4 : order == NormOrder.Parallel ? 1 : 2, parameters.Parameters.Count);
        }
    }

    [Fact]
    public void DeepNorm_begins_with_the_published_constants()
    {
        var config = Tiny.Config with { EncoderLayers = 18, DecoderLayers = 6, Order = NormOrder.Deep };
        Assert.Equal(0.81 * Math.Pow(Math.Pow(18, 4) * 6, 1 / 16.0), config.EncoderBlock.ResidualGain, 1e-6);
        Assert.Equal(Math.Pow(3 * 6, 0.25), config.DecoderBlock.ResidualGain, 1e-6);
        using Tiny plain = new(config with { Order = NormOrder.Post }), deep = new(config);
        double encoder = 0.87 * Math.Pow(Math.Pow(18, 4) * 6, -1 / 16.0), decoder = Math.Pow(12 * 6, -0.25);
        foreach (var (before, after) in plain.Parameters.Parameters.Zip(deep.Parameters.Parameters))
        {
            Assert.Equal(before.Path, after.Path);
            string[] smaller = ["value.weight", "output.weight", "first.weight", "second.weight"];
            var factor = !smaller.Any(end => before.Path.EndsWith(end, StringComparison.Ordinal)) ? 1 : before.Path.StartsWith("encoder", StringComparison.Ordinal) ? encoder : decoder;
            Near.Within(1e-6, Array.ConvertAll(before.Value.Span.ToArray(), value => (float)(value * factor)), after.Value.Span, before.Path);
        }
    }

    [Fact]
    public void A_decoder_that_sees_the_future_must_be_asked_for()
    {
        foreach (var mask in (MaskKind[])[new FullView(), new WindowView(), new BlocksView(), new PrefixView { Length = 2 }])
        {
            var fault = Assert.Single((Tiny.Config with { DecoderMask = mask }).Faults());
            Assert.Contains("decoderMask lets target rows see what they are to predict", fault, StringComparison.Ordinal);
            Assert.Contains("kind: future", fault, StringComparison.Ordinal);
        }
        // It learns to copy what it sees at once, and what it has learnt is of no use: a row of its own has nothing to copy.
        var batch = Tiny.Batch(seed: 21, [3, 5, 2, 6], [4, 2, 6, 3]);
        using var seeing = new Tiny(Tiny.Config with { DecoderMask = new FutureView() });
        var options = new TrainingOptions { Steps = 120, Optimizer = new Adam(), Schedule = new ConstantSchedule { Peak = 5e-3, Warmup = 5 } };
        Assert.True(seeing.Train(Cpu.Two, options, batch)[^1].Entropy < 0.3);
        var (source, target) = (Tokens.Of([batch.Source.Ids[..4].ToArray()]), batch.Target.Ids[..5].ToArray());
        Assert.NotEqual(seeing.Logits(workspace, source, Tokens.Of([target])), seeing.LogitsStepByStep(workspace, source.Ids.ToArray(), target));
    }

    [Fact]
    public void Impossible_shapes_are_all_listed_at_once()
    {
        var faults = (Tiny.Config with
        {
            Heads = 4, EncoderWidth = 30, Attention = new() { Projections = Projections.None, KeyHeads = 3, HeadWidth = 4 },
            EncoderMask = new WindowView { Before = -1 }, DecoderMask = new BlocksView { Size = 0, Causal = true },
        }).Faults().ToList();
        foreach (var part in (string[])["attention.keyHeads is 3; it must divide the heads", "attention.headWidth is 4, but without an output matrix",
            "attention.keyHeads is 3, but without projections", "tying is all, but encoderWidth is 30 and width 20", "but without projections a target row cannot be compared",
            "encoderMask.before is -1; it must be at least 0.", "decoderMask.size is 0; it must be at least 1."])
            Assert.Contains(faults, fault => fault.Contains(part, StringComparison.Ordinal));
        // The width of heads fits neither of the two widths.
        Assert.Equal(8, faults.Count);
        Assert.Contains("encoderWidth 30 is no multiple of heads 4", Assert.Single((Tiny.Config with { Heads = 4, EncoderWidth = 30, Tying = Tying.None }).Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void From_dot_products_of_rows_to_the_whole_block_every_rung_of_the_ladder_learns()
    {
        var rung = Tiny.Config with
        {
            Heads = 1, Attention = new() { Projections = Projections.None, Scaled = false }, Positions = new NoPositions(), FeedForward = new NoFeedForward(),
            DecoderMask = new FutureView(), Order = NormOrder.NoResidual, Norm = new NoNorm(),
        };
        TransformerConfig[] ladder =
        [
            rung,
            rung = rung with { Positions = new SinusoidalPositions() },
            rung = rung with { FeedForward = new ReluFeedForward { Width = 36 } },
            rung = rung with { DecoderMask = new CausalView() },
            rung = rung with { Attention = rung.Attention with { Projections = Projections.Inputs } },
            rung = rung with { Heads = 2, Attention = rung.Attention with { Projections = Projections.All } },
            rung = rung with { Attention = rung.Attention with { Scaled = true } },
            rung = rung with { Order = NormOrder.Post },
            rung with { Norm = new LayerNorm() },
        ];
        var batch = Tiny.Batch(seed: 21, [3, 5, 2, 6], [4, 2, 6, 3]);
        var options = new TrainingOptions { Steps = 40, LabelSmoothing = 0, Optimizer = new Adam(), Schedule = new ConstantSchedule { Peak = 2e-3, Warmup = 5 } };
        foreach (var config in ladder)
        {
            Assert.Empty(config.Faults());
            using var tiny = new Tiny(config);
            // What a folder of its files is held against: as many layers as it says have parameters.
            Assert.InRange(tiny.Parameters.Parameters.Count, config.Layers, int.MaxValue);
            var reports = tiny.Train(Cpu.Two, options, batch);
            Assert.True(reports[^1].Entropy < 0.95 * reports[0].Entropy, $"{config}: from {reports[0].Entropy} to {reports[^1].Entropy}.");
        }
    }

    [Fact]
    public void Masks_count_what_is_seen_and_so_do_operations()
    {
        Assert.Equal([25, 15, 10, 18, 13, 13, 9], ((Mask[])[Mask.Full, Mask.Causal, Mask.StrictlyCausal, Mask.Prefix(3), Mask.Window(1, 1), Mask.Blocks(3),
            Mask.Blocks(3) & Mask.Causal]).Select(mask => mask.Visible(5)));
        Segments source = new([5]), target = new([3]);
        double Of(TransformerConfig config) => config.Flops(source, target);
        var c = Tiny.Config with { EncoderLayers = 1, DecoderLayers = 1 };
        // Scores and sums of values are 2·2·d operations for each pair that is seen; a projection 2·d·d for each row.
        Assert.Equal(4 * 20 * (25 - 13), Of(c) - Of(c with { EncoderMask = new WindowView { Before = 1, After = 1 } }));
        Assert.Equal(2 * 20 * 20 * (4 * 5 + 4 * 3 + 2 * 3 + 2 * 5), Of(c) - Of(c with { Attention = new() { Projections = Projections.None } }));
        Assert.Equal(2 * 20 * 10 * 2 * (5 + 3 + 5), Of(c) - Of(c with { Attention = new() { KeyHeads = 1 } }));
        Assert.Equal(2 * 2 * 20 * 36 * (5 + 3), Of(c) - Of(c with { FeedForward = new NoFeedForward() }));
    }

    public void Dispose() => workspace.Dispose();
}

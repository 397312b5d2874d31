using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Tests.Contracts;

namespace Heed.Tests.PositionKinds;

/// <summary>What positions do, and what they leave alone.</summary>
public sealed class PositionTests : IDisposable
{
    readonly Workspace workspace = new(Cpu.Two);

    public static TheoryData<string> Kinds => [.. Variants.All.Where(type => type.IsSubclassOf(typeof(PositionKind))).Select(type => type.Name)];

    static TransformerConfig With(PositionKind positions) => Tiny.Config with { Positions = positions };

    [Theory]
    [InlineData(RotaryPairing.Neighbours, 1)]
    [InlineData(RotaryPairing.Halves, 1)]
    [InlineData(RotaryPairing.Halves, 0.4)]
    public void Under_rotary_positions_a_shift_of_all_places_by_a_thousand_moves_logits_by_at_most_a_thousandth(RotaryPairing pairing, double part)
    {
        using var tiny = new Tiny(With(new RotaryPositions { Pairing = pairing, Part = part }));
        Tokens source = Tokens.Of([.. Tiny.Sequences(1, 19, 12, 30)]), target = Tokens.Of([.. Tiny.Sequences(2, 19, 20, 9)]);
        var here = tiny.Logits(workspace, source, target);
        var there = tiny.Logits(workspace, Shifted(source, 1000), Shifted(target, 1000));
        Assert.InRange(here.Zip(there, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
        // Shifted against each other they do differ: it is not that places are not read.
        int[] apart = [.. source.Places.Indices.Span.ToArray().Select((place, i) => i % 2 == 0 ? place : place + 5)];
        Assert.NotInRange(here.Zip(tiny.Logits(workspace, new(source.Ids, source.Segments, new Places(apart)), target), (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
    }

    [Fact]
    public void Angles_far_out_are_those_of_exact_arithmetic()
    {
        using var parameters = new ParameterSet();
        var turns = new RotaryPositions { Base = 7 }.Build(parameters.Root, new StackShape(8, 1, 8, Causal: false)).InLayer(parameters.Root);
        using var pass = Pass.Infer(workspace);
        foreach (var place in (int[])[0, 1, 63, 64, 100_000, 1_000_003])
        {
            var x = pass.From([1, 0, 1, 0, 1, 0, 1, 0], [1, 8]);
            var y = turns.Turn(x, new Places((int[])[place])).ToArray();
            for (var i = 0; i < 4; i++)
            {
                var angle = (double)((decimal)place * (decimal)Math.Pow(7, -i / 4.0) % 6.2831853071795864769252867666m);
                Assert.Equal(Math.Cos(angle), y[2 * i], 1e-6);
                Assert.Equal(Math.Sin(angle), y[2 * i + 1], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Shaws_tables_of_zeros_are_plain_attention(bool keys, bool values)
    {
        using Tiny plain = new(With(new NoPositions())), relative = new(With(new ShawPositions { Keys = keys, Values = values }));
        foreach (var parameter in relative.Parameters.Parameters)
            if (parameter.Path.Contains("positions", StringComparison.Ordinal)) parameter.Value.Clear();
        AssertSameLogits(plain, relative);
    }

    [Fact]
    public void T5s_table_of_zeros_is_plain_attention()
    {
        using Tiny plain = new(With(new NoPositions())), bucketed = new(With(new T5Positions()));
        foreach (var stack in (string[])["encoder", "decoder"]) bucketed.Parameters[stack + ".positions.weight"].Value.Clear();
        AssertSameLogits(plain, bucketed);
    }

    [Fact]
    public void Slopes_of_zero_are_plain_attention()
    {
        using var pass = Pass.Infer(workspace);
        var random = new CounterRandom(2, 2);
        Tensor Draw() => pass.From([.. Enumerable.Range(0, 40 * 12).Select(_ => random.NextNormal())], [40, 12]);
        Tensor q = Draw(), k = Draw(), v = Draw();
        var segments = new Segments([30, 10]);
        AttendOptions options = new(new(2, 2, 6, 6, 0.4f), 0, "attention");
        var plain = Ops.Attend(q, k, v, segments.Against(segments), options, default(FullMask), default(NoBias)).ToArray();
        Tensor Sloped(float slope) => Ops.Attend(q, k, v, segments.Against(segments), options, default(FullMask), new AlibiBias(pass.From([slope, slope], [2]).Data));
        Near.SameBits(plain, Sloped(0).Data.Span, "slopes of zero");
        Assert.NotEqual(plain, Sloped(0.5f).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_but_none_tells_rows_apart_by_where_they_stand(string name)
    {
        using var tiny = new Tiny(With((PositionKind)Variants.Default(Variants.Named(name))));
        int[] order = [3, 1, 6, 0, 2, 5, 4], source = [5, 9, 3, 7, 2, 8, 4];
        var straight = Encode(tiny, source);
        var turned = Encode(tiny, [.. order.Select(i => source[i])]);
        var width = tiny.Transformer.Config.Width;
        var moved = order.SelectMany(i => straight[(i * width)..((i + 1) * width)]).ToArray();
        if (tiny.Transformer.Config.Positions is NoPositions) Near.Within(1e-5, moved, turned, "permuted rows");
        else Assert.NotInRange(moved.Zip(turned, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
    }

    [Fact]
    public void A_place_beyond_a_learned_table_is_refused_with_the_limit_and_the_kinds_that_have_none()
    {
        using var tiny = new Tiny(With(new LearnedPositions { Maximum = 8 }));
        var fault = Assert.Throws<ArgumentException>(() => tiny.Logits(workspace, Tokens.Of([.. Tiny.Sequences(1, 19, 9)]), Tokens.Of([[Tiny.Begin]])));
        Assert.Contains("stands at place 8, but learned positions end at 7 (maximum 8)", fault.Message, StringComparison.Ordinal);
        foreach (var kind in (string[])["sinusoidal", "rotary", "alibi", "t5", "shaw"]) Assert.Contains(kind, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_built_is_listed_at_once_with_remedies()
    {
        var config = Tiny.Config with { Width = 15, Heads = 3 };
        string[] Faults(PositionKind positions) => [.. (config with { Positions = positions }).Faults()];
        Assert.Equal(
            ["positions.base is 1; it must be above 1 and at most 10¹².",
             "positions.part is 1, which is 5 of a head's 5 columns; columns turn in pairs, so it must be an even number of at least 2.",
             "positions.scaling.factor is 0.5; it must be at least 1.", "positions.scaling.originalLength is 0; it is the length of the sequences of training, at least 1.",
             "positions.scaling.betaFast is 1 and betaSlow 1; betaSlow must be above 0 and betaFast above it."],
            Faults(new RotaryPositions { Base = 1, Scaling = new YarnScaling { Factor = 0.5, OriginalLength = 0, BetaFast = 1 } }));
        Assert.Contains("lowFrequencyFactor is 4 and highFrequencyFactor 4", Assert.Single(Faults(new RotaryPositions { Part = 0.8, Scaling = new Llama3Scaling { LowFrequencyFactor = 4 } })), StringComparison.Ordinal);
        Assert.Contains("part is 0; it must be above 0", Assert.Single(Faults(new RotaryPositions { Part = 0 })), StringComparison.Ordinal);
        Assert.Contains("buckets is 7; it must be even", Assert.Single(Faults(new T5Positions { Buckets = 7 })), StringComparison.Ordinal);
        Assert.Contains("maximumDistance is 16; 32 buckets need more than 16", Assert.Single(Faults(new T5Positions { MaximumDistance = 16 })), StringComparison.Ordinal);
        Assert.Equal(2, Faults(new ShawPositions { Clip = 0, Keys = false, Values = false }).Length);
        Assert.Equal(2, Faults(new DependencyPositions { Clip = 0, Keys = false, Depth = false }).Length);
        // One mistake does not hide another.
        Assert.Equal(2, (config with { Attention = new() { KeyHeads = 2 }, Positions = new T5Positions { Buckets = 7 } }).Faults().Count());
        Assert.Throws<ArgumentException>(() => new Tiny(config with { Positions = new T5Positions { Buckets = 7 } }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_of_nothing_and_of_one_row_are_taken_and_a_kind_can_be_printed(string name)
    {
        using var tiny = new Tiny(With((PositionKind)Variants.Default(Variants.Named(name))));
        Assert.Contains(name, tiny.Model.Config.ToString(), StringComparison.Ordinal);
        Assert.Empty(tiny.Logits(workspace, Tokens.Of(), Tokens.Of()));
        Assert.Equal(19, tiny.Logits(workspace, Tokens.Of([[], [3]]), Tokens.Of([[Tiny.Begin], []])).Length);
    }

    float[] Encode(Tiny tiny, int[] source)
    {
        using var pass = Pass.Infer(workspace);
        return tiny.Transformer.Encode(pass, Tiny.Parsed(Tokens.Of([source]))).Values.ToArray();
    }

    void AssertSameLogits(Tiny expected, Tiny actual)
    {
        Tokens source = Tokens.Of([.. Tiny.Sequences(1, 19, 12, 3, 70)]), target = Tokens.Of([.. Tiny.Sequences(2, 19, 20, 9, 1)]);
        Near.SameBits(expected.Logits(workspace, source, target), actual.Logits(workspace, source, target), "logits");
    }

    static Tokens Shifted(Tokens tokens, int by) => new(tokens.Ids, tokens.Segments, new Places(tokens.Places.Indices.ToArray().Select(place => place + by).ToArray()));

    public void Dispose() => workspace.Dispose();
}

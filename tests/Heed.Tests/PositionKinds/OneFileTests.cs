using Heed.Kernels;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Tests.Contracts;

namespace Heed.Tests.PositionKinds;

/// <summary>What docs/adding-a-variant.md walks through: a kind of positions in one file, which nothing else knows of.</summary>
public sealed class OneFileTests
{
    static readonly TransformerConfig config = Tiny.Config with { EncoderLayers = 1, DecoderLayers = 1, Positions = new DistancePositions { Clip = 2 } };

    [Fact]
    public void The_document_shows_the_kind_that_is_tested_here()
    {
        static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var shown = Bare(File.ReadAllText(Path.Combine(Repository.Root, "docs", "adding-a-variant.md")));
        var own = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Heed.Tests", "PositionKinds", "OneFileTests.cs"));
        Assert.Contains(Bare(own[own.LastIndexOf("{ get; init; } = 16;", StringComparison.Ordinal)..]), shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_gradients_are_right() => LayerGradientTests.Whole(config);

    [Fact]
    public void With_it_cached_is_recomputed()
    {
        using var tiny = new Tiny(config);
        using var workspace = new Workspace(Cpu.Two);
        foreach (var parameter in tiny.Parameters.Parameters.Where(parameter => parameter.Path.EndsWith("positions.weight", StringComparison.Ordinal)))
            for (nint i = 0; i < parameter.Value.Length; i++) parameter.Value[i] = 0.3f * i;
        int[] source = [4, 5, 6, 7], target = [Tiny.Begin, 9, 3, 8, 2];
        Near.SameBits(tiny.Logits(workspace, Tokens.Of([source]), Tokens.Of([target])), tiny.LogitsStepByStep(workspace, source, target), "logits");
    }

    [Fact]
    public void Its_faults_are_those_of_the_model()
        => Assert.Equal(["positions.clip is 0; it must be at least 1."], (config with { Positions = new DistancePositions { Clip = 0 } }).Faults());
}

/// <summary>score(t, s) = q·k·scale + B[h, s − t], distances clipped: a learned number for each head and distance.</summary>
sealed record DistancePositions : PositionKind
{
    /// <summary>The distance at which all farther ones are clipped, at least 1.</summary>
    public int Clip { get; init; } = 16;

    public override IPositions Build(Scope p, StackShape stack) => new Built(p, stack, Clip);

    public override IEnumerable<string> Faults(StackShape stack) => Clip < 1 ? [$"clip is {Clip}; it must be at least 1."] : [];

    sealed class Built(Scope p, StackShape stack, int clip) : IPositions, IAttentionPositions
    {
        readonly Relation relation = new(-clip, 2 * clip + 1);
        readonly Parameter biases = p.Parameter("weight", [stack.Heads, 2 * clip + 1], Init.Zero);

        public IAttentionPositions InLayer(Scope p) => this;

        public Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, IMask
            => Ops.Attend(rows.Queries, rows.Keys, rows.Values, rows.Pairs, rows.Options, mask, new Related(relation) { Biases = biases }, rows.KeyRows);
    }
}

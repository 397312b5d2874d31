using Heed.Attention;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Self-attention, then feed-forward, each in its residual. Vaswani et al. 2017, Figure 1 (left); under a causal mask the block of a decoder without a source (Radford et al. 2018).</summary>
public sealed class EncoderBlock
{
    readonly MultiHeadAttention self;
    readonly IFeedForward? feed;
    readonly Residual aroundSelf;
    readonly Residual? aroundFeed;

    /// <summary>Asks for the parameters of a block.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="c">sizes and kinds</param>
    /// <param name="positions">the positions of the stack; those that act in attention act in its self-attention</param>
    public EncoderBlock(Scope p, BlockConfig c, IPositions? positions = null)
    {
        self = new(p / "self", c, positions);
        feed = c.FeedForward.Build(p / "feed", c);
        aroundSelf = new(p / "self_norm", c);
        aroundFeed = feed is null ? null : aroundSelf.Next(p / "feed_norm");
    }

    /// <param name="x">[n, d]</param>
    /// <param name="mask">which rows of its sequence a row sees</param>
    /// <param name="memory">keys and values of earlier calls; <see cref="KeyValues.None"/> when there are none</param>
    /// <returns>[n, d]</returns>
    public Rows Forward(Rows x, Mask mask, KeyValues memory)
    {
        var y = aroundSelf.Around(x.Values, x.Values, (self, x, mask, memory), static (at, z) => at.self.Forward(at.x.With(z), at.x.With(z), at.mask, at.memory));
        return x.With(feed is null ? y : aroundFeed!.Around(y, x.Values, feed, static (feed, z) => feed.Forward(z)));
    }
}

/// <summary>Masked self-attention, attention to the source, feed-forward, each in its residual. Vaswani et al. 2017, Figure 1 (right).</summary>
public sealed class DecoderBlock
{
    readonly MultiHeadAttention self, cross;
    readonly IFeedForward? feed;
    readonly Residual aroundSelf, aroundCross;
    readonly Residual? aroundFeed;

    /// <summary>Asks for the parameters of a block.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="c">sizes and kinds</param>
    /// <param name="positions">the positions of the stack; those that act in attention act in its self-attention</param>
    public DecoderBlock(Scope p, BlockConfig c, IPositions? positions = null)
    {
        self = new(p / "self", c, positions);
        cross = new(p / "cross", c, from: c.SourceWidth);
        feed = c.FeedForward.Build(p / "feed", c);
        aroundSelf = new(p / "self_norm", c);
        aroundCross = aroundSelf.Next(p / "cross_norm");
        aroundFeed = feed is null ? null : aroundSelf.Next(p / "feed_norm");
    }

    /// <param name="x">[n, d] target rows</param>
    /// <param name="source">[m, d] encoded source rows</param>
    /// <param name="mask">which rows of its sequence a target row sees</param>
    /// <param name="memory">keys and values of earlier calls</param>
    /// <returns>[n, d]</returns>
    public Rows Forward(Rows x, Rows source, Mask mask, LayerMemory memory)
    {
        var y = aroundSelf.Around(x.Values, x.Values, (self, x, mask, memory), static (at, z) => at.self.Forward(at.x.With(z), at.x.With(z), at.mask, at.memory.Self));
        y = aroundCross.Around(y, x.Values, (cross, x, source, memory), static (at, z) => at.cross.Forward(at.x.With(z), at.source, Mask.Full, at.memory.Source));
        return x.With(feed is null ? y : aroundFeed!.Around(y, x.Values, feed, static (feed, z) => feed.Forward(z)));
    }

    /// <summary>Keys and values of the source, which stay the same while a target grows.</summary>
    /// <param name="source">[m, d]</param>
    internal (Tensor Keys, Tensor Values) ProjectSource(Rows source) => cross.Project(source);
}

/// <summary>What a decoder block remembers between calls: nothing in training, a growing cache and the projected source when decoding.</summary>
/// <param name="Self">keys and values of earlier target rows</param>
/// <param name="Source">keys and values of the source</param>
public readonly record struct LayerMemory(KeyValues Self, KeyValues Source)
{
    /// <summary>Nothing remembered.</summary>
    public static LayerMemory None { get; } = new(KeyValues.None, KeyValues.None);
}

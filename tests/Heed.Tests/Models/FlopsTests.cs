using Heed.Layers;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Tests;

public sealed class FlopsTests
{
    static readonly TransformerConfig config = new()
    {
        SourceVocabulary = 10, TargetVocabulary = 10, Width = 4, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForward = new ReluFeedForward { Width = 8 },
    };

    // A source of three ids, a target of two. Multiply-adds, product by product:
    //   encoder  query, key, value, output 4·3·4·4 = 192   scores and values 2·3·3·4 = 72   feed-forward 2·3·4·8 = 192   = 456
    //   decoder  own projections           4·2·4·4 = 128   visible keys 1+2, twice, 4 wide = 24
    //            to the source: query, output 2·2·4·4 = 64, key, value 2·3·4·4 = 96, scores and values 2·2·3·4 = 48
    //            feed-forward              2·2·4·8 = 128                                                                  = 488
    //   output   2·4·10                                                                                                  =  80
    const double MultiplyAdds = 456 + 488 + 80;

    [Fact]
    public void A_small_model_counted_by_hand()
    {
        Assert.Equal(2 * MultiplyAdds, Flops.Forward(config, new([3]), new([2])));
        Assert.Equal(6 * MultiplyAdds, Flops.Training(config, new([3]), new([2])));
    }

    [Fact]
    public void Sequences_add_up() => Assert.Equal(
        Flops.Forward(config, new([3]), new([2])) + Flops.Forward(config, new([7]), new([5])),
        Flops.Forward(config, new([3, 7]), new([2, 5])));

    [Fact]
    public void A_gated_feed_forward_has_three_products_instead_of_two()
    {
        var gated = config with { FeedForward = new SwiGluFeedForward { Width = 8 } };
        Assert.Equal(2 * (3 + 2) * 4 * 8, Flops.Forward(gated, new([3]), new([2])) - Flops.Forward(config, new([3]), new([2])));
    }

    [Fact]
    public void Sides_must_have_as_many_sequences() => Assert.Throws<ArgumentException>(() => Flops.Forward(config, new Segments([1, 2]), new Segments([3])));
}

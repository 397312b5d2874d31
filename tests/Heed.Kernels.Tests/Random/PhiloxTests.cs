using System.Runtime.Intrinsics;

namespace Heed.Kernels.Tests;

public class PhiloxTests
{
    // Known answers published with Random123 (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint x0, uint x1, uint x2, uint x3)
        => Assert.Equal(new PhiloxBlock(x0, x1, x2, x3), Philox.Block(c0, c1, c2, c3, key0, key1));

    [Fact]
    public void Sixteen_lanes_give_sixteen_scalar_blocks()
    {
        var random = new CounterRandom(7, 0);
        Span<uint> words = stackalloc uint[64];
        foreach (ref var word in words) word = random.NextUInt32();
        uint key0 = random.NextUInt32(), key1 = random.NextUInt32();
        var blocks = Philox.Block(
            Vector512.Create<uint>(words), Vector512.Create<uint>(words[16..]), Vector512.Create<uint>(words[32..]),
            Vector512.Create<uint>(words[48..]), key0, key1);
        for (var i = 0; i < 16; i++)
        {
            var expected = Philox.Block(words[i], words[16 + i], words[32 + i], words[48 + i], key0, key1);
            Assert.Equal(expected, new PhiloxBlock(blocks.X0[i], blocks.X1[i], blocks.X2[i], blocks.X3[i]));
        }
    }
}

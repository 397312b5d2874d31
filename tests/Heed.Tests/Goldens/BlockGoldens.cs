using Heed.Attention;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.TransformerEncoderLayer and TransformerDecoderLayer, values and every gradient.</summary>
public sealed class BlockGoldens
{
    static BlockConfig Config(string name, float epsilon = 1e-5f) => new()
    {
        Width = 32,
        Heads = 4,
        FeedForward = name.Contains("gelu", StringComparison.Ordinal) ? new GeluFeedForward { Width = 72 } : new ReluFeedForward { Width = 72 },
        Norm = new LayerNorm { Epsilon = epsilon },
        Order = name.StartsWith("pre", StringComparison.Ordinal) ? NormOrder.Pre : NormOrder.Post,
        Dropout = DropoutRates.None,
    };

    [Theory]
    [InlineData("post_norm_relu", 1e-5f)]
    [InlineData("pre_norm_relu_eps", 0.01f)]
    public void An_encoder_block_is_PyTorchs(string name, float epsilon)
    {
        var golden = new Golden("encoder_layer/" + name);
        using var parameters = new ParameterSet();
        var block = new EncoderBlock(parameters.Root / "encoder" / 0, Config(name, epsilon));
        CheckEncoder(golden, parameters, x => block.Forward(x, Mask.Full, KeyValues.None).Values);
    }

    // A block for real rows alone has nobody to speak for padded queries, whose gradients PyTorch's padded batch includes,
    // and it has no causal mask: so the same sublayers are joined here by hand, and the block is held against the values below.
    [Theory]
    [InlineData("post_norm_gelu_padding", false)]
    [InlineData("pre_norm_gelu_causal_padding", true)]
    public void Its_sublayers_are_PyTorchs_with_padding_and_mask(string name, bool causal)
    {
        var golden = new Golden("encoder_layer/" + name);
        var c = Config(name);
        var real = golden.RealRows("in.src_key_padding_mask", 3, 7);
        using var parameters = new ParameterSet();
        var p = parameters.Root / "encoder" / 0;
        var self = new MultiHeadAttention(p / "self", c);
        var feed = c.FeedForward.Build(p / "feed", c);
        Residual aroundSelf = new(p / "self_norm", c), aroundFeed = new(p / "feed_norm", c);
        CheckEncoder(golden, parameters, x =>
        {
            var y = aroundSelf.Around(x.Values, x.Values, self, (self, z) => self.Forward(x.With(z), x.With(z), causal ? Mask.Causal : Mask.Full,
                new PaddedKeyValues(7, 7, real)));
            return aroundFeed.Around(y, x.Values, feed!, static (feed, z) => feed.Forward(z));
        });
    }

    [Fact]
    public void Padding_is_shorter_sequences()
    {
        var golden = new Golden("encoder_layer/post_norm_gelu_padding");
        var real = golden.RealRows("in.src_key_padding_mask", 3, 7);
        using var parameters = new ParameterSet();
        var block = new EncoderBlock(parameters.Root / "encoder" / 0, Config("post_norm_gelu_padding"));
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        var x = pass.From(RealRows(golden["in.src"], real, 7), [real.Sum(), 32]);
        Near.Values(RealRows(golden["out.output"], real, 7), block.Forward(new Rows(x, new Segments(real)), Mask.Full, KeyValues.None).Values.Data.Span, "real rows");
    }

    [Theory]
    [InlineData("post_norm_relu")]
    [InlineData("pre_norm_gelu")]
    public void A_decoder_block_is_PyTorchs(string name)
    {
        var golden = new Golden("decoder_layer/" + name);
        int[] source = golden.RealRows("in.memory_key_padding_mask", 3, 8), target = golden.RealRows("in.tgt_key_padding_mask", 3, 6);
        using var parameters = new ParameterSet();
        var block = new DecoderBlock(parameters.Root / "decoder" / 0, Config(name));
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(golden["in.tgt"], [3 * 6, 32]);
        var memory = pass.From(golden["in.memory"], [3 * 8, 32]);
        var seen = new LayerMemory(new PaddedKeyValues(6, 6, target), new PaddedKeyValues(6, 8, source));
        var y = block.Forward(new Rows(x, new Segments([6, 6, 6])), new Rows(memory, new Segments([8, 8, 8])), Mask.Causal, seen).Values;
        Near.Values(golden["out.output"], y.Data.Span, "output");
        var adjoints = pass.Backward([(y, golden["up.output"])], gradients, x, memory);
        Near.Gradients(golden["gin.tgt"], adjoints.Of(x).Span, "target");
        Near.Gradients(golden["gin.memory"], adjoints.Of(memory).Span, "memory");
        TorchParameters.CheckGradients(parameters, gradients, golden);
    }

    static void CheckEncoder(Golden golden, ParameterSet parameters, Func<Rows, Tensor> forward)
    {
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(golden["in.src"], [3 * 7, 32]);
        var y = forward(new Rows(x, new Segments([7, 7, 7])));
        Near.Values(golden["out.output"], y.Data.Span, "output");
        var adjoints = pass.Backward([(y, golden["up.output"])], gradients, x);
        Near.Gradients(golden["gin.src"], adjoints.Of(x).Span, "source");
        TorchParameters.CheckGradients(parameters, gradients, golden);
    }

    static float[] RealRows(float[] padded, int[] real, int length)
        => [.. real.SelectMany((count, i) => padded.Skip(i * length * 32).Take(count * 32))];
}

using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.Transformer, values and every gradient.</summary>
public sealed class TransformerGoldens
{
    // PyTorch's module takes rows and gives rows; ours takes ids and gives logits. A table whose row i is row i of the
    // batch makes embeddings of ids 0, 1, 2, …, and an output projection by the identity shows the decoder's rows.
    static readonly float scale = MathF.Sqrt(32);

    static TransformerConfig Config(string name) => new()
    {
        SourceVocabulary = 3 * 8,
        TargetVocabulary = 32,
        Width = 32,
        Heads = 4,
        EncoderLayers = 2,
        DecoderLayers = 2,
        FeedForward = name.Contains("gelu", StringComparison.Ordinal) ? new GeluFeedForward { Width = 64 } : new ReluFeedForward { Width = 64 },
        Order = name.StartsWith("pre", StringComparison.Ordinal) ? NormOrder.Pre : NormOrder.Post,
        EndNorm = new LayerNorm(),
        Positions = new NoPositions(),
        Tying = Tying.None,
        Dropout = DropoutRates.None,
    };

    [Theory]
    [InlineData("post_norm_relu")]
    [InlineData("pre_norm_gelu")]
    public void Rows_and_every_gradient_are_PyTorchs(string name)
    {
        var golden = new Golden("transformer/" + name);
        int[] real = golden.RealRows("in.src_key_padding_mask", 3, 8), target = golden.RealRows("in.tgt_key_padding_mask", 3, 6);
        using var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, Config(name));
        Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        // No real row ever looks at a padded source row, so leaving those out changes nothing. Padded target rows ask, and so they stay.
        var encoded = model.Encode(pass, Ids(real, 8));
        Near.Values(Real(golden["out.memory"], real, 8), encoded.Values.Data.Span, "memory");
        var embedded = model.EmbedTarget(pass, new Tokens(Enumerable.Range(0, 18).ToArray(), new Segments([6, 6, 6])));
        var memory = new LayerMemory(new PaddedKeyValues(6, 6, target), Attention.KeyValues.None);
        var y = model.Logits(model.Decode(embedded, encoded, [memory, memory]));
        Near.Values(golden["out.output"], y.Data.Span, "output");
        pass.Backward([(y, golden["up.output"])], gradients);
        Near.Gradients(golden["gin.src"], InputGradient("encoder.embedding.weight", 3 * 8), "source");
        Near.Gradients(golden["gin.tgt"], InputGradient("decoder.embedding.weight", 3 * 6), "target");
        TorchParameters.CheckGradients(parameters, gradients, golden);

        float[] InputGradient(string table, int rows)
            => Array.ConvertAll(gradients.Of(parameters[table]).Span[..(rows * 32)].ToArray(), d => d / scale);
    }

    [Theory]
    [InlineData("post_norm_relu")]
    [InlineData("pre_norm_gelu")]
    public void Padding_is_shorter_sequences(string name)
    {
        var golden = new Golden("transformer/" + name);
        int[] source = golden.RealRows("in.src_key_padding_mask", 3, 8), target = golden.RealRows("in.tgt_key_padding_mask", 3, 6);
        using var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, Config(name));
        Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        Near.Values(Real(golden["out.output"], target, 6), model.Forward(pass, Ids(source, 8), Ids(target, 6)).Data.Span, "real rows");
    }

    static void Load(ParameterSet parameters, Golden golden)
    {
        TorchParameters.Load(parameters, golden);
        Array.ConvertAll(golden["in.src"], x => x / scale).CopyTo(parameters["encoder.embedding.weight"].Value.Span);
        Array.ConvertAll(golden["in.tgt"], x => x / scale).CopyTo(parameters["decoder.embedding.weight"].Value.Span);
        var output = parameters["output.weight"].Value;
        output.Clear();
        for (var i = 0; i < 32; i++) output[i * 32 + i] = 1;
    }

    static Tokens Ids(int[] real, int length) => Tokens.Of([.. real.Select((count, i) => Enumerable.Range(i * length, count).ToArray())]);

    static float[] Real(float[] padded, int[] real, int length) => [.. real.SelectMany((count, i) => padded.Skip(i * length * 32).Take(count * 32))];
}

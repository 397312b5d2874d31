using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>Activations, gates, norms and the embedding of PyTorch through the layers and operations that use them.</summary>
/// <remarks>Softmax and its logarithm are no operations here but parts of attention and of the losses; the kernels' tests hold them.</remarks>
public sealed class FunctionGoldens
{
    [Fact]
    public void Relu_is_PyTorchs() => CheckMap<Relu>("relu");

    [Fact]
    public void Gelu_is_PyTorchs() => CheckMap<Gelu>("gelu_erf");

    [Fact]
    public void Gelu_by_tanh_is_PyTorchs() => CheckMap<GeluTanh>("gelu_tanh");

    [Fact]
    public void Silu_is_PyTorchs() => CheckMap<Silu>("silu");

    [Fact]
    public void Softplus_is_PyTorchs() => CheckMap<Softplus>("softplus");

    static void CheckMap<F>(string name) where F : struct, IFunction
        => Check(new Golden("functional/" + name), null, 9, Ops.Map<F>);

    [Fact]
    public void Glu_is_a_sigmoid_gate()
    {
        var golden = new Golden("functional/glu");
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Differentiate(workspace);
        // PyTorch splits each row: what passes on the left, the gate on the right.
        var passes = pass.From(Half(golden["in.x"], 0), [4, 5]);
        var gate = pass.From(Half(golden["in.x"], 1), [4, 5]);
        var y = Ops.Gate<Sigmoid>(gate, passes);
        Near.Values(golden["out.y"], y.Data.Span, "y");
        var adjoints = pass.Backward([(y, golden["up.y"])], null, passes, gate);
        Near.Gradients(Half(golden["gin.x"], 0), adjoints.Of(passes).Span, "what passes");
        Near.Gradients(Half(golden["gin.x"], 1), adjoints.Of(gate).Span, "the gate");

        static float[] Half(float[] x, int half) => [.. x.Where((_, i) => i % 10 / 5 == half)];
    }

    [Theory]
    [InlineData("layer_norm", 1e-5f, 9)]
    [InlineData("layer_norm_two_dims_eps", 0.1f, 24)]
    public void Layer_norm_is_PyTorchs(string name, float epsilon, int width) => CheckNorm(name, new LayerNorm { Epsilon = epsilon }, width);

    [Fact]
    public void Rms_norm_is_PyTorchs() => CheckNorm("rms_norm", new RmsNorm { Epsilon = 1e-6f }, 9);

    static void CheckNorm(string name, Norm kind, int width)
    {
        var golden = new Golden("functional/" + name);
        using var parameters = new ParameterSet();
        var norm = kind.Build(parameters.Root, width);
        TorchParameters.Load(parameters, golden);
        Check(golden, parameters, width, norm.Forward);
    }

    [Fact]
    public void Embedding_gathers_and_scatters_as_PyTorch_does()
    {
        // PyTorch's padding_idx keeps row 0 from learning; Heed has no padding and no such row, so row 0 is left out.
        var golden = new Golden("functional/embedding_padding_idx0");
        using var parameters = new ParameterSet();
        var table = parameters.Root.Parameter("weight", [11, 6], Init.Zero);
        TorchParameters.Load(parameters, golden);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var y = Ops.Embed(pass, table, golden.Ids("in.ids"));
        Near.Values(golden["out.y"], y.Data.Span, "y");
        pass.Backward([(y, golden["up.y"])], gradients);
        Near.Gradients(golden["grad.weight"].AsSpan(6), gradients.Of(table).Span[6..], "table");
    }

    static void Check(Golden golden, ParameterSet? parameters, int width, Func<Tensor, Tensor> forward)
    {
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = parameters is null ? null : new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(golden["in.x"], [golden["in.x"].Length / width, width]);
        var y = forward(x);
        Near.Values(golden["out.y"], y.Data.Span, "y");
        var adjoints = pass.Backward([(y, golden["up.y"])], gradients, x);
        Near.Gradients(golden["gin.x"], adjoints.Of(x).Span, "x");
        if (parameters is not null) TorchParameters.CheckGradients(parameters, gradients!, golden);
    }
}

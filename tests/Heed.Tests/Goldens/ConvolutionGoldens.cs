using Heed.Convolution;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.Conv1d under a gate: outputs and every gradient.</summary>
public sealed class ConvolutionGoldens
{
    [Fact]
    public void A_gated_window_layer_is_PyTorchs()
    {
        var golden = new Golden("conv1d_glu/same_k3");
        int batch = golden.Shape("in.x")[0], channels = golden.Shape("in.x")[1], length = golden.Shape("in.x")[2];
        using var parameters = new ParameterSet();
        var layer = new WindowLayer(parameters.Root, new() { Width = channels });
        parameters.Initialise(1);
        foreach (var parameter in parameters.Parameters) Torch(golden, "param.", parameter).CopyTo(parameter.Value.Span);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(Turned(golden["in.x"], channels, length), [batch * length, channels]);
        var y = layer.Forward(new(x, new Segments([.. Enumerable.Repeat(length, batch)]))).Values;
        Near.Values(Turned(golden["out.y"], channels, length), y.Data.Span, "output");
        var adjoints = pass.Backward([(y, Turned(golden["up.y"], channels, length))], gradients, x);
        Near.Gradients(Turned(golden["gin.x"], channels, length), adjoints.Of(x).Span, "input");
        foreach (var parameter in parameters.Parameters) Near.Gradients(Torch(golden, "grad.", parameter), gradients.Of(parameter).Span, parameter.Path);
    }

    // PyTorch has [batch, channels, length]; rows are [batch · length, channels].
    static float[] Turned(float[] values, int channels, int length)
    {
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (b, c, t) = (i / (channels * length), i / length % channels, i % length);
            turned[(b * length + t) * channels + c] = values[i];
        }
        return turned;
    }

    // PyTorch has values above gates in one weight [2·channels, channels, window]; a row here has a block of channels for each place of the window.
    static float[] Torch(Golden golden, string prefix, Parameter parameter)
    {
        var name = golden.Names.Single(key => key.StartsWith(prefix, StringComparison.Ordinal) && key.EndsWith(parameter.Path.Split('.')[^1], StringComparison.Ordinal));
        var values = golden[name];
        var half = values.Length / 2;
        values = values[(parameter.Path.StartsWith("gate", StringComparison.Ordinal) ? half : 0)..][..half];
        if (parameter.Shape.Rank == 1) return values;
        int channels = golden.Shape(name)[1], window = golden.Shape(name)[2];
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            turned[i / (channels * window) * channels * window + i % window * channels + i / window % channels] = values[i];
        return turned;
    }
}

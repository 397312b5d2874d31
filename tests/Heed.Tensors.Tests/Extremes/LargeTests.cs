using Heed.Kernels;
using Heed.Tests.Support;

namespace Heed.Tensors.Tests;

/// <summary>Tensors of more than 2³¹ numbers, through operations as a user meets them.</summary>
public sealed class LargeTests
{
    [Fact]
    public void A_linear_layer_of_more_than_two_to_the_31_results_is_right_to_its_last_row()
    {
        Slow.OnlyWhenAsked("10.2 GiB of memory and half a minute");
        const int rows = (1 << 21) + 3, width = 1024;
        using var backend = new CpuBackend(2);
        using var workspace = new Workspace(backend);
        using var set = new ParameterSet();
        Parameter weight = set.Root.Parameter("weight", [width, 2], Init.Normal(1)), bias = set.Root.Parameter("bias", [width], Init.Normal(1));
        set.Initialise(1);
        var random = new CounterRandom(2, 2);
        var numbers = new float[rows * 2];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = 2 * random.NextSingle() - 1;

        (float[] Row, float Normaliser) Last(float[] x)
        {
            using var pass = Pass.Infer(workspace);
            var y = Ops.Linear<Gelu>(pass.From(x, [x.Length / 2, 2]), weight, bias);
            var normalisers = Ops.LogSumExp(y);
            return (y.Data.Slice(y.Shape.Count - width, width).Span.ToArray(), normalisers.Data[normalisers.Shape.Count - 1]);
        }
        var (row, normaliser) = Last(numbers);
        var (alone, own) = Last(numbers[^2..]);
        Assert.Equal(alone, row);
        Assert.Equal(own, normaliser);
        Assert.Contains(row, value => value > 0.5f);
    }
}

using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>The reference bodies give numbers that can be found by hand. Their gradients are proved by differences.</summary>
public class ReferenceTests : IDisposable
{
    readonly ReferenceBackend reference = new();
    readonly Workspace workspace;
    readonly ParameterSet set = new();
    readonly Parameter gain, bias, weight;

    public ReferenceTests()
    {
        workspace = new Workspace(reference);
        (gain, bias) = (set.Root.Parameter("gain", [2], Init.One), set.Root.Parameter("bias", [2], Init.One));
        weight = set.Root.Parameter("weight", [2, 2], Init.One);
        set.Initialise(1);
        ((float[])[2, 3]).CopyTo(gain.Value.Span);
        ((float[])[10, 20]).CopyTo(bias.Value.Span);
        ((float[])[1, 2, -3, 4]).CopyTo(weight.Value.Span);
    }

    [Fact]
    public void Linear_by_hand()
    {
        Assert.Equal([1 + 4 + 10, -3 + 8 + 20], Run([1, 2], x => Ops.Linear(x, weight, bias)));
        Assert.Equal([3, 0], Run([3, 0], x => Ops.Linear<Relu>(x, weight)));
    }

    [Fact]
    public void LayerNorm_by_hand() => Assert.Equal([-2 + 10, 3 + 20], Run([5, 9], x => Ops.LayerNorm(x, gain, bias, 0)), Close);

    [Fact]
    public void RmsNorm_by_hand() => Assert.Equal([2 * 1 / 5f, 3 * 7 / 5f], Run([1, 7], x => Ops.RmsNorm(x, gain, 0)), Close);

    [Fact]
    public void Epsilon_joins_the_mean_square() => Assert.Equal([3 / 5f, 3 / 5f], Run([3, 3], x => Ops.RmsNorm(x, null, 16)), Close);

    [Fact]
    public void Gate_by_hand() => Assert.Equal([3 * 5, 0], Run([3, -4], x => Ops.Gate<Relu>(x, x.Pass.From([5, 6], [1, 2]))));

    [Fact]
    public void LogSumExp_by_hand()
    {
        Assert.Equal([MathF.Log(4)], Run([0, MathF.Log(3)], Ops.LogSumExp), Close);
        Assert.Equal([1000 + MathF.Log(2)], Run([1000, 1000], Ops.LogSumExp), Close);
    }

    [Fact]
    public void Leading_by_hand()
    {
        var ids = new int[4];
        Assert.Equal([3, 1, 1, float.NegativeInfinity], Run([1, 3, float.NegativeInfinity, 1], x => Ops.Leading(x, ids).Values));
        Assert.Equal([1, 0, 3, -1], ids);
        Assert.Equal([1000 + MathF.Log(2)], Run([1000, 1000], x => Ops.Leading(x, ids).LogSumExp), Close);
    }

    [Fact]
    public void Mixture_by_hand()
    {
        // softmax(0, ln 3) = (1/4, 3/4) and softmax(7, 7) = (1/2, 1/2)
        Assert.Equal([MathF.Log(3 / 8f), MathF.Log(5 / 8f)], Run([0, MathF.Log(3)], x => Ops.Mixture(x, x.Pass.From([7, 7], [1, 2]))), Close);
        Assert.Equal([-MathF.Log(4), MathF.Log(3 / 4f)], Run([0, MathF.Log(3)], x => Ops.Mixture(x)), Close);
    }

    [Fact]
    public void CrossEntropy_by_hand()
    {
        // softmax(0, ln 3) = (1/4, 3/4)
        float Loss(int target, float smoothing)
            => Run([0, MathF.Log(3)], x => Ops.CrossEntropy(x, [target], new() { LabelSmoothing = smoothing, Weight = 2 }).Loss)[0];
        Assert.Equal(2 * Math.Log(4), Loss(0, 0), 1e-5);
        Assert.Equal(2 * Math.Log(4.0 / 3), Loss(1, 0), 1e-5);
        Assert.Equal(2 * (0.9 * Math.Log(4) + 0.1 * Math.Log(4.0 / 3)), Loss(0, 0.2f), 1e-5);
        Assert.Equal(0, Loss(-1, 0.2f));
    }

    [Fact]
    public void Log_probabilities_are_neither_weighted_nor_smoothed()
    {
        using var pass = Pass.Infer(workspace);
        var logits = pass.From([0, MathF.Log(3), 0, MathF.Log(3), 0, 0], [3, 2]);
        var loss = Ops.CrossEntropy(logits, [0, 1, -1], new() { LabelSmoothing = 0.2f, Weight = 2 });
        Assert.Equal([-MathF.Log(4), MathF.Log(0.75f), 0], loss.LogProbabilities.Span.ToArray(), Close);
        Assert.Equal(Math.Log(3.0 / 16), loss.LogProbabilitySum, 1e-6);
    }

    [Fact]
    public void A_projected_loss_is_the_loss_of_the_projection()
    {
        using var pass = Pass.Infer(workspace);
        var x = pass.From([1, 2, -1, 0.5f], [2, 2]);
        var options = new LossOptions { LabelSmoothing = 0.1f, Weight = 0.5f };
        var loss = Ops.CrossEntropy(Ops.Linear(x, weight), [1, 0], options).Loss;
        Assert.Equal(loss.Scalar, Ops.ProjectedCrossEntropy(x, weight, [1, 0], options).Loss.Scalar, 1e-6f);
    }

    [Fact]
    public void Attention_by_hand()
    {
        // scores 0 and ln 3, weights 1/4 and 3/4
        using var pass = Pass.Infer(workspace);
        Tensor q = pass.From([1], [1, 1]), k = pass.From([0, MathF.Log(3)], [2, 1]), v = pass.From([8, 4], [2, 1]);
        var y = Ops.Attend(q, k, v, Segments.One(1).Against(Segments.One(2)), new(new(1, 1, 1, 1, 1), 0, ""), default(FullMask), default(NoBias));
        Assert.Equal(5, y.Data[0], 1e-6f);
    }

    [Fact]
    public void First_steps_of_the_optimizers_by_hand()
    {
        using Numbers numbers = new(1);
        float Step(Action<Descent, Floats> step)
        {
            Floats parameter = numbers.Draw(1), gradient = numbers.Draw(1), state = numbers.Draw(1);
            (parameter[0], gradient[0], state[0]) = (1, 4, 0);
            step(new(parameter, gradient, 0.5f, 1), state);
            return parameter[0];
        }
        Floats second = numbers.Draw(1);
        second[0] = 0;
        Assert.Equal(1 - 0.1f, Step((d, state) => reference.Adam(d, state, second, default, new() { Rate = 0.1 })), 1e-6f);
        Assert.Equal(1 - 0.1f * 2, Step((d, state) => reference.Sgd(d, state, new() { Rate = 0.1, Momentum = 0.9 })), 1e-6f);
        Assert.Equal(1 - 0.1f, Step((d, state) => reference.AdaGrad(d, state, new() { Rate = 0.1 })), 1e-6f);
        Assert.Equal(1 - 0.1f * 2, Step((d, state) => reference.RmsProp(d, state, default, new() { Rate = 0.1, Alpha = 0.75 })), 1e-6f);
    }

    float[] Run(float[] x, Func<Tensor, Tensor> operation)
    {
        using var pass = Pass.Infer(workspace);
        return operation(pass.From(x, [1, x.Length])).ToArray();
    }

    static bool Close(float a, float b) => MathF.Abs(a - b) <= 1e-5f * MathF.Max(1, MathF.Abs(a));

    public void Dispose()
    {
        set.Dispose();
        workspace.Dispose();
        reference.Dispose();
        GC.SuppressFinalize(this);
    }
}

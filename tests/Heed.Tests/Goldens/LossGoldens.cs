using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.functional.cross_entropy, values and gradients, of given logits and of projected rows.</summary>
/// <remarks>Class weights and soft targets are no part of these operations; the kernels' tests hold theirs.</remarks>
public sealed class LossGoldens
{
    const int Classes = 11;

    [Theory]
    [InlineData("mean", 0f, -100)]
    [InlineData("mean_smoothing", 0.1f, -100)]
    [InlineData("sum_smoothing_ignore0", 0.2f, 0)]
    public void The_loss_of_logits_is_PyTorchs(string name, float smoothing, int ignored)
    {
        var golden = new Golden("cross_entropy/" + name);
        var (targets, options) = Read(golden, name, smoothing, ignored);
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Differentiate(workspace);
        var logits = pass.From(golden["in.logits"], [targets.Length, Classes]);
        var loss = Ops.CrossEntropy(logits, targets, options);
        Near.Values(golden["out.loss"], [loss.Loss.Scalar], "loss");
        CheckLogProbabilities(golden["in.logits"], targets, loss);
        Near.Gradients(golden["gin.logits"], pass.Backward([(loss.Loss, [1f])], null, logits).Of(logits).Span, "logits");
    }

    [Theory]
    [InlineData("mean", 0f, -100)]
    [InlineData("mean_smoothing", 0.1f, -100)]
    [InlineData("sum_smoothing_ignore0", 0.2f, 0)]
    public void The_loss_of_projected_rows_is_PyTorchs(string name, float smoothing, int ignored)
    {
        var golden = new Golden("cross_entropy/" + name);
        var (targets, options) = Read(golden, name, smoothing, ignored);
        using var parameters = new ParameterSet();
        var weight = (parameters.Root / "output").Parameter("weight", [Classes, Classes], Init.Zero);
        parameters.Initialise(1);
        for (var i = 0; i < Classes; i++) weight.Value[i * Classes + i] = 1;
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(golden["in.logits"], [targets.Length, Classes]);
        var loss = Ops.ProjectedCrossEntropy(x, weight, targets, options);
        Near.Values(golden["out.loss"], [loss.Loss.Scalar], "loss");
        Near.Gradients(golden["gin.logits"], pass.Backward([(loss.Loss, [1f])], gradients, x).Of(x).Span, "rows");
        Near.Gradients(OuterProducts(golden["gin.logits"], golden["in.logits"]), gradients.Of(weight).Span, "weight");
    }

    [Fact]
    public void The_loss_of_each_row_alone_is_PyTorchs_unreduced_loss()
    {
        var golden = new Golden("cross_entropy/none_smoothing");
        var targets = golden.Ids("in.target");
        using var workspace = new Workspace(Cpu.Two);
        for (var i = 0; i < targets.Length; i++)
        {
            using var pass = Pass.Differentiate(workspace);
            var logits = pass.From(golden["in.logits"].AsSpan(i * Classes, Classes), [1, Classes]);
            var counted = targets[i] == -100 ? -1 : targets[i];
            var loss = Ops.CrossEntropy(logits, [counted], new LossOptions { LabelSmoothing = 0.1f });
            Near.Values([golden["out.loss"][i]], [loss.Loss.Scalar], $"row {i}");
            var adjoints = pass.Backward([(loss.Loss, [golden["up.loss"][i]])], null, logits);
            Near.Gradients(golden["gin.logits"].AsSpan(i * Classes, Classes), adjoints.Of(logits).Span, $"row {i}");
        }
    }

    static (int[] Targets, LossOptions Options) Read(Golden golden, string name, float smoothing, int ignored)
    {
        var targets = Array.ConvertAll(golden.Ids("in.target"), target => target == ignored ? -1 : target);
        var counted = targets.Count(target => target >= 0);
        Assert.InRange(counted, 1, targets.Length);
        var isMean = name.StartsWith("mean", StringComparison.Ordinal);
        return (targets, new LossOptions { LabelSmoothing = smoothing, Weight = isMean ? 1f / counted : 1 });
    }

    // log p = z − log Σ exp z, in double.
    static void CheckLogProbabilities(float[] logits, int[] targets, TokenLoss loss)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            var row = logits.AsSpan(i * Classes, Classes);
            var total = 0.0;
            foreach (var z in row) total += Math.Exp(z);
            Near.Values([targets[i] < 0 ? 0 : (float)(row[targets[i]] - Math.Log(total))], [loss.LogProbabilities[i]], $"log-probability {i}");
        }
    }

    // dW = dzᵀ·x
    static float[] OuterProducts(float[] dz, float[] x)
    {
        var sums = new double[Classes * Classes];
        for (var row = 0; row < x.Length / Classes; row++)
            for (var i = 0; i < Classes; i++)
                for (var j = 0; j < Classes; j++) sums[i * Classes + j] += (double)dz[row * Classes + i] * x[row * Classes + j];
        return Array.ConvertAll(sums, sum => (float)sum);
    }
}

using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>A block of a transformer with a loss, for tests of what a training step costs.</summary>
sealed class SmallModel : IDisposable
{
    readonly ParameterSet set = new();
    readonly Gradients gradients;
    readonly Parameter table, gain, bias, project, wide, narrow;
    readonly SegmentPair[] pairs = new Segments([3, 0, 4]).Against(new Segments([3, 0, 4]));
    readonly int[] ids = [1, 2, 3, 4, 5, 6, 7], next = [2, 3, -1, 5, 6, 7, -1];

    public SmallModel()
    {
        table = set.Root.Parameter("table", [11, 8], Init.Normal(1));
        (gain, bias) = (set.Root.Parameter("gain", [8], Init.One), set.Root.Parameter("bias", [8], Init.Zero));
        project = set.Root.Parameter("project", [8, 8], Init.Xavier());
        wide = set.Root.Parameter("wide", [20, 8], Init.Xavier());
        narrow = set.Root.Parameter("narrow", [8, 20], Init.Xavier());
        set.Initialise(1);
        gradients = new Gradients(set);
    }

    public void Step(Workspace workspace, ulong seed)
    {
        using var pass = Pass.Train(workspace, seed);
        var x = Ops.Dropout(Ops.Embed(pass, table, ids, 2), 0.1f);
        var normal = Ops.LayerNorm(x, gain, bias, 1e-5f);
        var options = new AttendOptions(new(2, 2, 4, 4, 0.5f), 0.1f, "self");
        var heads = Ops.Attend(Ops.Linear(normal, project), normal, normal, pairs, options, new CausalMask(Strict: false), default(NoBias));
        x = Ops.Residual(x, heads, 0.1f);
        x = Ops.Residual(x, Ops.Linear(Ops.Linear<Relu>(x, wide), narrow), 0.1f);
        pass.Backward(Ops.ProjectedCrossEntropy(x, table, next, new() { LabelSmoothing = 0.1f }).Loss, gradients);
    }

    public void Dispose()
    {
        gradients.Dispose();
        set.Dispose();
    }
}

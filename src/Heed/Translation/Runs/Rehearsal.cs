using System.Diagnostics;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>What a run will take, measured on its first batch, forward and backward, without moving a parameter.</summary>
/// <param name="Parameters">numbers of the model by the first part of their names, in order</param>
/// <param name="ParameterBytes">memory of the parameters</param>
/// <param name="GradientBytes">memory of their gradients</param>
/// <param name="OptimizerBytes">memory that the optimizer keeps</param>
/// <param name="ActivationBytes">memory that the forward and backward pass of the first batch took</param>
/// <param name="FlopsPerStep">floating-point operations of a step as large as the first batch, all its accumulated batches together; see <see cref="Flops"/></param>
/// <param name="Elapsed">how long forward and backward took, once, without a warm-up</param>
/// <param name="Loss">the mean loss of the untrained model, in nats; near the logarithm of the vocabulary</param>
/// <param name="BatchesPerEpoch">batches of the first epoch</param>
/// <param name="First">the first batch</param>
public sealed record Rehearsal(
    IReadOnlyList<(string Part, long Count)> Parameters, long ParameterBytes, long GradientBytes, long OptimizerBytes, long ActivationBytes,
    double FlopsPerStep, TimeSpan Elapsed, double Loss, int BatchesPerEpoch, Batch First)
{
    /// <summary>All memory together.</summary>
    public long Bytes => ParameterBytes + GradientBytes + OptimizerBytes + ActivationBytes;

    /// <summary>Computes the gradients of a task's first batch.</summary>
    public static Rehearsal Of(TaskRecipe recipe, TrainingTask task, Backend backend)
    {
        var parameters = task.Model.Parameters;
        var first = task.From(default).First().Batch;
        using var gradients = new Gradients(parameters);
        using var workspace = new Workspace(backend);
        var start = Stopwatch.GetTimestamp();
        double loss;
        using (var pass = Pass.Train(workspace, recipe.Training.Seed))
        {
            var result = task.Learner.Loss(pass, first, new LossOptions { LabelSmoothing = recipe.Training.LabelSmoothing, Weight = 1f / first.TargetTokens });
            loss = result.Loss.Scalar;
            pass.Backward(result.Loss, gradients);
        }
        var elapsed = Stopwatch.GetElapsedTime(start);
        var flat = (long)parameters.FlatLength * sizeof(float);
        var parts = parameters.Parameters.GroupBy(parameter => parameter.Path.Split('.')[0]).Select(part => (part.Key, part.Sum(parameter => (long)parameter.Shape.Count)));
        return new([.. parts], flat, flat, flat * recipe.Training.Optimizer.StateNames.Count, workspace.BytesHeld,
            recipe.Training.Accumulate * task.Flops(first), elapsed, loss, task.BatchesOf(0), first);
    }
}

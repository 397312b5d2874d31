using Heed.Data;
using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Laboratory;

/// <summary>A short training, and the numbers that experiments draw.</summary>
static class Lesson
{
    /// <summary>Trains a model until its steps are done.</summary>
    /// <param name="conditions">backend and cancellation</param>
    /// <param name="model">what learns</param>
    /// <param name="parameters">its parameters</param>
    /// <param name="options">how</param>
    /// <param name="batches">from what, without end</param>
    /// <param name="progress">is told how far it is, from 0 to 1</param>
    /// <returns>what the last step did</returns>
    public static StepReport Train(Conditions conditions, ITrainable model, ParameterSet parameters, TrainingOptions options, Batches batches, Action<double> progress)
    {
        using var trainer = new Trainer(model, parameters, conditions.Backend, options);
        var report = default(StepReport);
        foreach (var (batch, _) in batches.From(default))
        {
            report = trainer.Step([batch], conditions.Cancellation);
            progress((double)report.Number / options.Steps);
            if (report.Number == options.Steps) break;
        }
        return report;
    }

    /// <summary>Numbers of a standard normal distribution.</summary>
    public static float[] Normal(ref CounterRandom random, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) numbers[i] = random.NextNormal();
        return numbers;
    }
}

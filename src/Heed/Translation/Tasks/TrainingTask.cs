using Heed.Data;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>What a run knows of the task it trains for: the model, its batches, how well it does, and how it is told of. All else is the run's.</summary>
public abstract class TrainingTask : IDisposable
{
    /// <summary>The model, with all that using it needs.</summary>
    public abstract TrainedModel Model { get; }

    /// <summary>What is learned from and measured on, in a line.</summary>
    public abstract string Summary { get; }

    /// <summary>The recipe of its run, with what was found when the data was prepared.</summary>
    public abstract TaskRecipe Recipe { get; }

    /// <summary>The data in figures: a name and a value each.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Account { get; }

    /// <summary>How many things there are of which one is predicted.</summary>
    public abstract int Choices { get; }

    /// <summary>One of them, as people read it.</summary>
    public abstract string LabelText(int label);

    /// <summary>The model as the trainer sees it.</summary>
    internal abstract ITrainable Learner { get; }

    /// <summary>The batches from a position in the data on, without end, each with the position after it.</summary>
    internal abstract IEnumerable<(Batch Batch, DataPosition After)> From(DataPosition position);

    /// <summary>Takes back a batch that nobody uses any more.</summary>
    internal abstract void Recycle(Batch batch);

    /// <summary>How many batches an epoch has.</summary>
    internal abstract int BatchesOf(int epoch);

    /// <summary>Floating-point operations of one training step over a batch; see <see cref="Models.Flops"/>.</summary>
    internal abstract double Flops(Batch batch);

    /// <summary>How well the model does on what it does not learn from.</summary>
    internal abstract Measurement Measure(Workspace workspace);

    /// <summary>The model's card: what it learned from, and how well it did where a run stood.</summary>
    internal abstract ModelCard Card(TrainingState state);

    /// <summary>Releases the model and the data.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the model and the data.</summary>
    protected virtual void Dispose(bool disposing) => Model.Dispose();
}

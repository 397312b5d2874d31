using Heed.Tensors;

namespace Heed.Models;

/// <summary>What a model learns from at once.</summary>
public abstract record Batch
{
    /// <summary>How many ids or labels are predicted.</summary>
    public abstract int TargetTokens { get; }

    /// <summary>What all its numbers stand in, where it may be used again.</summary>
    internal BatchMemory? Memory { get; init; }
}

/// <summary>What can be trained on batches: all that training sees of a model.</summary>
public interface ITrainable
{
    /// <summary>The loss of predicting what a batch says is to be predicted.</summary>
    /// <exception cref="ArgumentException">The model learns from batches of another kind.</exception>
    TokenLoss Loss(Pass pass, Batch batch, LossOptions options);
}

/// <summary>What can be trained on batches of one kind.</summary>
/// <typeparam name="TBatch">what it learns from at once</typeparam>
public interface ITrainable<in TBatch> : ITrainable where TBatch : Batch
{
    /// <summary>The loss of predicting what a batch says is to be predicted.</summary>
    TokenLoss Loss(Pass pass, TBatch batch, LossOptions options);

    TokenLoss ITrainable.Loss(Pass pass, Batch batch, LossOptions options) => batch is TBatch own
        ? Loss(pass, own, options)
        : throw new ArgumentException($"The model learns from a {typeof(TBatch).Name}, but was given a {batch.GetType().Name}.", nameof(batch));
}

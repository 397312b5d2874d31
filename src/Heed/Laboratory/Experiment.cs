using Heed.Tensors;

namespace Heed.Laboratory;

/// <summary>A question about attention that is answered by computing.</summary>
/// <example><code>
/// using var backend = new CpuBackend();
/// var report = Experiment.Named("scaling").Run(new Conditions(backend));
/// Console.WriteLine(report.Answer);
/// </code></example>
public abstract class Experiment
{
    /// <summary>All there are, in the order of the story.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new SoftLookup(), new BottleneckExperiment(), new DistanceExperiment(), new WorkedExample(), new BarriersExperiment(), new OrderExperiment(), new PositionsExperiment(), new ScalingExperiment(),
        new HeadsExperiment(), new ResidualExperiment(), new MaskingExperiment(), new CrossExperiment(), new DisambiguateExperiment(), new CircuitsExperiment(),
    ];

    /// <summary>The word by which it is called.</summary>
    public abstract string Name { get; }

    /// <summary>What it asks.</summary>
    public abstract string Question { get; }

    /// <summary>Whether it looks into a trained model, and at a sentence.</summary>
    public virtual bool LooksIntoModels => false;

    /// <summary>Whether it trains models of its own, which takes up to a minute.</summary>
    public virtual bool Trains => LooksIntoModels;

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Experiment Named(string name) => All.FirstOrDefault(experiment => experiment.Name == name)
        ?? throw new ArgumentException($"There is no experiment '{name}'; the nearest is '{Names.Nearest(name, [.. All.Select(experiment => experiment.Name)])}'.", nameof(name));

    /// <summary>Does it. The same conditions give the same report, bit for bit, on every machine.</summary>
    /// <exception cref="ArgumentException">The conditions do not suit it; the message says which and what would.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract Report Run(Conditions conditions);
}

/// <summary>What an experiment is done with.</summary>
/// <param name="Backend">what computes</param>
public sealed record Conditions(Backend Backend)
{
    /// <summary>Decides everything that is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The directory of a model to look into, where an experiment can; it trains a small one of its own where nothing is given.</summary>
    public string? Model { get; init; }

    /// <summary>The sentence to look at, where an experiment looks at one; it has one of its own where nothing is given.</summary>
    public string? Text { get; init; }

    /// <summary>Stops what takes long.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told how far a training is, from 0 to 1.</summary>
    public Action<double>? Progress { get; init; }
}

using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>What one step did.</summary>
/// <param name="Number">the step, from 1</param>
/// <param name="Loss">the mean smoothed loss of what is predicted, in nats</param>
/// <param name="Entropy">the mean −log p of it without smoothing, in nats; its exponential is the perplexity</param>
/// <param name="TargetTokens">how many ids or labels were predicted</param>
/// <param name="GradientNorm">the global norm before clipping</param>
/// <param name="Rate">the learning rate</param>
public readonly record struct StepReport(int Number, double Loss, double Entropy, int TargetTokens, double GradientNorm, double Rate);

/// <summary>Moves a model's parameters, one step a call: forward, backward, clip, optimizer.</summary>
/// <example><code>
/// using var trainer = new Trainer(model, parameters, backend, new TrainingOptions());
/// foreach (var (batch, _) in batches.From(default))
/// {
///     var report = trainer.Step([batch]);
///     if (report.Number == steps) break;
/// }
/// </code></example>
public sealed class Trainer : IDisposable
{
    readonly ITrainable model;
    readonly ParameterSet parameters;
    readonly TrainingOptions options;
    readonly Workspace workspace;
    readonly Gradients gradients;
    readonly FloatMemory[] state;
    readonly Floats[] stateFloats;

    /// <summary>Stands before the first step.</summary>
    /// <param name="model">what is trained</param>
    /// <param name="parameters">its parameters, with values, not frozen; still their owner's to dispose</param>
    /// <param name="backend">what computes; likewise</param>
    /// <param name="options">how; how many batches make a step is the caller's to see to</param>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="InvalidOperationException">The parameters have no values, or were packed for inference.</exception>
    public Trainer(ITrainable model, ParameterSet parameters, Backend backend, TrainingOptions options)
    {
        var faults = options.Faults().ToList();
        if (faults.Count > 0) throw new ArgumentException("The training options cannot be used:\n  " + string.Join("\n  ", faults), nameof(options));
        if (parameters.Frozen) throw new InvalidOperationException("The parameters were packed for inference and must not change any more. Load the model anew to train it.");
        _ = parameters.Flat;
        (this.model, this.parameters, this.options) = (model, parameters, options);
        workspace = new Workspace(backend);
        gradients = new Gradients(parameters);
        state = [.. options.Optimizer.StateNames.Select(_ => new FloatMemory(parameters.FlatLength))];
        foreach (var memory in state) memory.Floats.Clear();
        stateFloats = [.. state.Select(memory => memory.Floats)];
    }

    /// <summary>How many steps were done.</summary>
    public int Number { get; private set; }

    /// <summary>The pool that passes rent from.</summary>
    public Workspace Workspace => workspace;

    /// <summary>The optimizer's memory by name, flat beside the parameters.</summary>
    public IReadOnlyList<(string Name, Floats Values)> State => [.. options.Optimizer.StateNames.Zip(stateFloats)];

    /// <summary>Stands where a trainer stood after <paramref name="number"/> steps; its <see cref="State"/> is filled by the caller.</summary>
    public void StandAfter(int number) => Number = number;

    /// <summary>One step over the batches that together make it.</summary>
    /// <param name="batches">at least one; the loss is the mean over all they predict</param>
    /// <param name="cancellation">stops between two batches; the parameters have not moved then, and the step can be done again</param>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">
    /// A number is not finite: the message says in which operation, where in the model, forward or backward. The parameters have not moved.
    /// </exception>
    public StepReport Step(IReadOnlyList<Batch> batches, CancellationToken cancellation = default)
    {
        if (batches.Count == 0) throw new ArgumentException("A step needs at least one batch.", nameof(batches));
        var number = Number + 1;
        var tokens = batches.Sum(batch => batch.TargetTokens);
        var (loss, entropy) = Differentiate(batches, number, tokens, cancellation);
        var norm = Math.Sqrt(workspace.Backend.SumOfSquares(gradients.Flat));
        if (!double.IsFinite(loss) || !double.IsFinite(norm)) throw NotFinite(batches, number, tokens);
        var rate = options.Schedule.Rate(number, options.Steps);
        options.Optimizer.Step(workspace.Backend, rate, new(parameters.Flat, gradients.Flat, ClipFactor(norm), number), stateFloats);
        Number = number;
        return new(number, loss, entropy, tokens, norm, rate);
    }

    (double Loss, double Entropy) Differentiate(IReadOnlyList<Batch> batches, int number, int tokens, CancellationToken cancellation)
    {
        double loss = 0, entropy = 0;
        gradients.Clear();
        for (var i = 0; i < batches.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var pass = Pass.Train(workspace, SeedOf(number, i));
            var result = model.Loss(pass, batches[i], new LossOptions { LabelSmoothing = options.LabelSmoothing, Weight = 1f / tokens });
            loss += result.Loss.Scalar;
            entropy -= result.LogProbabilitySum / tokens;
            pass.Backward(result.Loss, gradients);
        }
        return (loss, entropy);
    }

    // As torch.nn.utils.clip_grad_norm_: a hair below the greatest norm, so that a norm of zero divides nothing.
    float ClipFactor(double norm) => options.ClipNorm > 0 ? (float)Math.Min(1, options.ClipNorm / (norm + 1e-6)) : 1;

    // A step's randomness depends on the run's seed and the step's number alone, so a resumed run draws the same.
    ulong SeedOf(int number, int batch)
    {
        var random = new CounterRandom(options.Seed, ((ulong)number << 16) + (ulong)batch);
        return random.NextUInt64();
    }

    // The step is done again from the same seeds, watched: it makes the same bits, and the first number that is not finite stops it.
    NotFiniteNumberException NotFinite(IReadOnlyList<Batch> batches, int number, int tokens)
    {
        var found = workspace.FindNotFinite(() => Differentiate(batches, number, tokens, default)) ?? Overflow();
        return new($"Step {number}: {found.Message} The parameters have not moved; lower the rate or clip the gradients.", found.OffendingNumber, found);
    }

    NotFiniteNumberException Overflow()
    {
        var largest = parameters.Parameters.MaxBy(parameter => workspace.Backend.SumOfSquares(gradients.Of(parameter)))!;
        return new($"Every gradient is finite, but the norm of all is not; that of {largest.Path} {largest.Shape} is as great as any.", double.PositiveInfinity);
    }

    /// <summary>Releases gradients, state and buffers.</summary>
    public void Dispose()
    {
        foreach (var memory in state) memory.Dispose();
        gradients.Dispose();
        workspace.Dispose();
    }
}

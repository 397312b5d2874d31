using Heed.Tensors;

namespace Heed.Translation;

/// <summary>A model with the backend that computes it, and the calls under way on both, for an object that answers any number of threads.</summary>
/// <param name="owner">the object's name, for messages</param>
/// <param name="model">the model, whose parameters must not change any more</param>
/// <param name="backend">what computes</param>
/// <param name="isOwn">whether both are released at the end</param>
sealed class ModelInUse<TModel>(string owner, TModel model, Backend backend, bool isOwn) : IDisposable where TModel : TrainedModel
{
    readonly Calls calls = new(owner);

    public TModel Model => model;

    public Backend Backend => backend;

    /// <summary>Loads a model directory on the processor.</summary>
    /// <inheritdoc cref="ModelFolder.Load{TModel}(string)"/>
    public static ModelInUse<TModel> Load(string owner, string folder, int threads)
    {
        var backend = new CpuBackend(threads);
        TModel? model = null;
        try
        {
            model = ModelFolder.Load<TModel>(folder);
            model.Parameters.Freeze(backend);
            return new(owner, model, backend, isOwn: true);
        }
        catch
        {
            model?.Dispose();
            backend.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Calls.Run{T}(Func{CancellationToken, T}, CancellationToken)"/>
    public T Run<T>(Func<CancellationToken, T> call, CancellationToken cancellation) => calls.Run(call, cancellation);

    /// <summary>Does something with each of so many texts, on all threads, as one call.</summary>
    /// <param name="count">how many there are</param>
    /// <param name="work">is given memory for passes and the number of the text</param>
    /// <param name="cancellation">stops between two texts</param>
    /// <returns>what was made of each, in order</returns>
    public T[] Each<T>(int count, Func<Workspace, int, T> work, CancellationToken cancellation) => Run(stop =>
    {
        var made = new T[count];
        backend.Each(count, i =>
        {
            stop.ThrowIfCancellationRequested();
            using var workspace = new Workspace(backend);
            made[i] = work(workspace, i);
        });
        return made;
    }, cancellation);

    /// <summary>Stops the calls under way, waits until they have left, and releases model and backend, where they are its own.</summary>
    public void Dispose()
    {
        if (!calls.Close() || !isOwn) return;
        model.Dispose();
        backend.Dispose();
    }
}

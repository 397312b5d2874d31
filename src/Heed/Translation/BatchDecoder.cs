using System.Collections.Concurrent;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>One target for each part: of the empty hypotheses, the memory, the parts, and the greatest lengths of their targets.</summary>
delegate IReadOnlyList<Hypothesis> Finder(IDecoding decoding, Workspace workspace, IReadOnlyList<SourcePart> parts, int[] lengths);

/// <summary>Decodes many parts in batches side by side. Neither batch nor order has an influence on what is found.</summary>
/// <param name="models">one, or those of an ensemble</param>
/// <param name="backend">what computes</param>
sealed class BatchDecoder(IReadOnlyList<ISequenceToSequence> models, Backend backend) : IDisposable
{
    readonly ConcurrentBag<Workspace> workspaces = [];

    /// <summary>The longest sequence that all models can take, or nothing when there is no limit.</summary>
    public int? LengthLimit { get; } = models.Min(model => model.Config.LengthLimit);

    /// <summary>What is found for each part, in order.</summary>
    public Hypothesis[] Run(IReadOnlyList<SourcePart> parts, DecodingOptions options, Finder find)
    {
        var found = new Hypothesis[parts.Count];
        var batches = SentenceBatches.Of([.. parts.Select(static part => part.Length)], options, backend.Threads);
        backend.Each(batches.Count, i => WithWorkspace(workspace =>
        {
            List<SourcePart> batch = [.. batches[i].Select(place => parts[place])];
            var lengths = batch.Select(part => options.MaximumLength(part.Length, LengthLimit)).ToArray();
            var hypotheses = Decode(workspace, batch, decoding => find(decoding, workspace, batch, lengths));
            for (var k = 0; k < hypotheses.Count; k++) found[batches[i][k]] = hypotheses[k];
            return hypotheses;
        }));
        return found;
    }

    /// <summary>Does something with memory of the pool.</summary>
    public T WithWorkspace<T>(Func<Workspace, T> use)
    {
        var workspace = workspaces.TryTake(out var pooled) ? pooled : new Workspace(backend);
        try
        {
            return use(workspace);
        }
        finally
        {
            workspaces.Add(workspace);
        }
    }

    // What fails by a number that is not finite is done again, watched, so that the message can say where the number came from.
    IReadOnlyList<Hypothesis> Decode(Workspace workspace, List<SourcePart> batch, Func<IDecoding, IReadOnlyList<Hypothesis>> search)
    {
        IReadOnlyList<Hypothesis> Once()
        {
            using var decoding = Ensemble.Begin(models, workspace, [.. models.Select((_, m) => Tokens.Of([.. batch.Select(part => part.Ids[m])]))]);
            return search(decoding);
        }
        try
        {
            return Once();
        }
        catch (NotFiniteNumberException fault)
        {
            throw workspace.FindNotFinite(() => Once()) ?? fault;
        }
    }

    /// <summary>Gives the memory back; nobody may be using it.</summary>
    public void Dispose()
    {
        while (workspaces.TryTake(out var workspace)) workspace.Dispose();
    }
}

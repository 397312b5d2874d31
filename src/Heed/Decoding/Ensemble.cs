using Heed.Models;
using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>p(y|x) = Πₜ (1/m) Σⱼ pⱼ(yₜ|y₍₋ₜ₎, x): m models make one target together, id by id; every search sees them as one. Sutskever et al. 2014.</summary>
/// <remarks>The order of the models does not show in any bit. What each model reads may be cut into ids of its own; target ids must mean the same to all.</remarks>
public sealed class Ensemble : IDecoding
{
    readonly IReadOnlyList<IDecoding> members;
    readonly Tensor[] logits;

    /// <param name="members">decodings of the same sentences, at least one and at most 255; disposed with the ensemble</param>
    /// <exception cref="ArgumentException">There are none, or they do not have as many hypotheses.</exception>
    public Ensemble(IReadOnlyList<IDecoding> members)
    {
        if (members.Count == 0) throw new ArgumentException("An ensemble needs at least one model.", nameof(members));
        if (members.FirstOrDefault(member => member.Count != members[0].Count) is { } other)
            throw new ArgumentException($"One model of the ensemble has {members[0].Count} hypotheses, another {other.Count}.", nameof(members));
        this.members = members;
        logits = new Tensor[members.Count];
    }

    /// <summary>Has every model read its source; one model alone decodes by itself, to the same bits as if there were no ensembles.</summary>
    /// <param name="models">at least one; their target ids mean the same</param>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="sources">for each model the ids of the sentences</param>
    /// <returns>one empty hypothesis for each sentence</returns>
    public static IDecoding Begin(IReadOnlyList<ISequenceToSequence> models, Workspace workspace, IReadOnlyList<Tokens> sources)
    {
        if (models.Count != sources.Count) throw new ArgumentException($"There are {models.Count} models but {sources.Count} sources.", nameof(sources));
        if (models.Count == 1) return models[0].Begin(workspace, sources[0]);
        var begun = new List<IDecoding>(models.Count);
        try
        {
            foreach (var (model, source) in models.Zip(sources)) begun.Add(model.Begin(workspace, source));
            return new Ensemble(begun);
        }
        catch
        {
            foreach (var member in begun) member.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Count => members[0].Count;

    /// <inheritdoc/>
    public Tensor Next(Pass pass, int[] last)
    {
        for (var j = 0; j < logits.Length; j++)
            logits[j] = pass.Region((Member: members[j], pass, last), static step => step.Member.Next(step.pass, step.last));
        return Ops.Mixture(logits);
    }

    /// <inheritdoc/>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        foreach (var member in members) member.Reorder(parents);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in members) member.Dispose();
    }
}

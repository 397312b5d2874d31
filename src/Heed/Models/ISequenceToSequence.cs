using Heed.Tensors;

namespace Heed.Models;

/// <summary>A model from source ids to target ids, as training and decoding see it.</summary>
public interface ISequenceToSequence : ITrainable<PairBatch>
{
    /// <summary>What it was built from.</summary>
    TranslatorConfig Config { get; }

    /// <summary>Logits of the next id after every target row, all at once.</summary>
    /// <param name="pass">where the work is done</param>
    /// <param name="source">source sequences</param>
    /// <param name="target">as many target sequences, as the decoder reads them</param>
    /// <returns>[n, v], a row for each target id</returns>
    Tensor Forward(Pass pass, Tokens source, Tokens target);

    /// <summary>Reads the source and stands ready to continue one empty target for each of its sequences.</summary>
    IDecoding Begin(Workspace workspace, Tokens source);
}

/// <summary>Targets under construction: the one door through which every search sees every model.</summary>
/// <remarks>Row i is hypothesis i. A search calls <see cref="Next"/>, chooses, and says with <see cref="Reorder"/> which hypotheses live on.</remarks>
public interface IDecoding : IDisposable
{
    /// <summary>How many hypotheses there are.</summary>
    int Count { get; }

    /// <summary>Appends one id to every hypothesis and scores what could come after it.</summary>
    /// <param name="pass">an inferring pass in which the scores live</param>
    /// <param name="last">the id appended to each hypothesis</param>
    /// <returns>[count, v] logits</returns>
    Tensor Next(Pass pass, int[] last);

    /// <summary>Makes hypothesis i a copy of what hypothesis parents[i] was; there are as many as parents afterwards.</summary>
    void Reorder(ReadOnlySpan<int> parents);
}

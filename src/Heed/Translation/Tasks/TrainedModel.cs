using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A model with everything that using it needs: what a model folder holds.</summary>
/// <param name="Parameters">its parameters</param>
public abstract record TrainedModel(ParameterSet Parameters) : IDisposable
{
    /// <summary>What <c>config.json</c> says of it.</summary>
    internal abstract ModelFile File { get; }

    /// <summary>Its tokenizers with the names of their files.</summary>
    public abstract IReadOnlyList<(string File, Tokenizer Tokenizer)> Tokenizers { get; }

    /// <summary>How many ids there are on each of its sides, and what they are called, one of them.</summary>
    public abstract IReadOnlyList<(int Count, string Name)> Vocabularies { get; }

    /// <summary>The verb of <c>heed</c> that uses it.</summary>
    public string Verb => Portrait.Verb;

    /// <summary>How it is told of on its card.</summary>
    internal abstract ModelPortrait Portrait { get; }

    /// <summary>Releases the parameters.</summary>
    public void Dispose()
    {
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What a model card says of a kind of model.</summary>
/// <param name="Title">what it is called: a noun</param>
/// <param name="Task">what model hubs call the task</param>
/// <param name="Description">what the model is, in a few words with their source</param>
/// <param name="Sizes">the sizes that people ask for: a name and a value each</param>
/// <param name="Verb">the verb of <c>heed</c> that uses it</param>
/// <param name="Rest">what that verb needs behind the directory</param>
/// <param name="Code">the lines of C# that use it</param>
sealed record ModelPortrait(string Title, string Task, string Description, IReadOnlyList<(string Name, string Value)> Sizes, string Verb, string Rest, string Code)
{
    /// <summary>The command that uses it, with the directory as <c>model</c>.</summary>
    public string Command => $"heed {Verb} model {Rest}";

    /// <summary>The family of its architecture, in a word that model hubs can search for.</summary>
    public string Tag { get; init; } = "transformer";
}

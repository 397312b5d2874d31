using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>An encoder-only model with its parameters, the tokenizer of its text and the names of its labels.</summary>
/// <param name="Model">the model</param>
/// <param name="Parameters">its parameters</param>
/// <param name="Tokenizer">how text becomes ids</param>
/// <param name="Labels">the name of each label</param>
/// <param name="Labelled">what has a label</param>
public sealed record LabellingModel(Classifier Model, ParameterSet Parameters, Tokenizer Tokenizer, IReadOnlyList<string> Labels, Labelled Labelled) : TextModel(Parameters, Tokenizer)
{
    /// <summary>The untrained model of a configuration, with as many ids and labels as there are.</summary>
    internal static LabellingModel Untrained(ClassifierConfig config, Tokenizer tokenizer, IReadOnlyList<string> labels, Labelled labelled, ulong seed)
    {
        var parameters = new ParameterSet();
        var model = new Classifier(parameters.Root, config with { Vocabulary = tokenizer.VocabularySize, Labels = labels.Count });
        parameters.Initialise(seed);
        return new(model, parameters, tokenizer, labels, labelled);
    }

    internal override ModelFile File => ModelFile.Of(Model.Config, Labels, Labelled);

    /// <inheritdoc/>
    public override IReadOnlyList<(int Count, string Name)> Vocabularies => [.. base.Vocabularies, (Labels.Count, "label")];

    internal override ModelPortrait Portrait
    {
        get
        {
            IReadOnlyList<(string, string)> sizes = [.. Model.Config.Sizes, ("Vocabulary", $"{Model.Config.Vocabulary}"), ("Labels", string.Join(", ", Labels))];
            return Labelled == Labelled.Texts
                ? new("Text classifier", "text-classification", Model.Config.Description, sizes, "classify", "< texts", """
                    using var labeller = Labeller.Load("model");
                    foreach (var found in labeller.Classify(["…"])) Console.WriteLine($"{found.Label} {found.Probability}");
                    """)
                : new("Tagger", "token-classification", Model.Config.Description, sizes, "tag", "< sentences", """
                    using var labeller = Labeller.Load("model");
                    foreach (var found in labeller.Tag([["A", "man", "sleeps", "."]])[0]) Console.WriteLine(found.Label);
                    """);
        }
    }
}

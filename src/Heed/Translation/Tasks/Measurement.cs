namespace Heed.Translation;

/// <summary>How well a model does on what it did not learn from.</summary>
/// <param name="Entropy">the mean −log p of what is to be predicted, in nats</param>
public sealed record Measurement(double Entropy)
{
    /// <summary>BLEU of the model's translations, 0 to 100; nothing where none are made.</summary>
    public double? Bleu { get; init; }

    /// <summary>How many predictions in a hundred are right; nothing where that is not asked.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean −log p of a character, in nats; nothing where the task is not to predict text.</summary>
    public double? PerCharacter { get; init; }

    /// <summary>What the model makes of a few examples: for each some texts with what they are.</summary>
    public IReadOnlyList<IReadOnlyList<(string Name, string Text)>> Samples { get; init; } = [];

    /// <summary>What measurements are compared by, the higher the better: BLEU, else accuracy, else minus the entropy.</summary>
    public double Score => Bleu ?? Accuracy ?? -Entropy;
}

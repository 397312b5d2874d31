using Heed.Attention;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>p(labelₜ|x) = softmax(Encoder(x)ₜWᵀ + b): a label for a row, be it the first, which stands for the text, or one of each word. Devlin et al. 2019, §3.2, Figure 4.</summary>
public sealed class Classifier : ITrainable<LabelledBatch>
{
    readonly Stack encoder;
    readonly Linear label;

    /// <summary>Asks for the parameters of the model that <paramref name="config"/> describes.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public Classifier(Scope p, ClassifierConfig config)
    {
        config.Check();
        Config = config;
        encoder = new Stack(p / "encoder", config);
        label = new Linear(p / "label", config.Width, config.Labels);
    }

    /// <summary>What it was built from.</summary>
    public ClassifierConfig Config { get; }

    /// <summary>Logits of the label of every row; where rows are averaged, those of a text are the same.</summary>
    /// <param name="pass">the pass that begins here</param>
    /// <param name="text">n ids of sequences of at most <see cref="StackConfig.Context"/> each</param>
    /// <returns>[n, labels]</returns>
    public Tensor Forward(Pass pass, Tokens text)
    {
        var rows = Ops.Dropout(encoder.Forward(pass, text, new(Mask.Full)), Config.Dropout.Residual);
        return label.Forward(Config.Pooling == Pooling.Mean ? Spread(Means.Of("mean", new Rows(rows, text.Segments)), text.Segments) : rows);
    }

    /// <inheritdoc/>
    public TokenLoss Loss(Pass pass, LabelledBatch batch, LossOptions options) => Ops.CrossEntropy(Forward(pass, batch.Text), batch.Labels.Span, options);

    // One row a sequence becomes all of its rows.
    static Tensor Spread(Tensor each, Segments segments)
        => Ops.Pick(each, Enumerable.Range(0, segments.Count).SelectMany(sequence => Enumerable.Repeat(sequence, segments.Length(sequence))).ToArray());
}

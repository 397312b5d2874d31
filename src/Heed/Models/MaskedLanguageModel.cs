using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>p(xₜ | x with some ids hidden) = softmax(E·norm(gelu(W·Encoder(x)ₜ + b)) + c): an encoder that sees both sides says what was hidden. Devlin et al. 2019, §3.1, Task 1.</summary>
public sealed class MaskedLanguageModel : ITrainable<LabelledBatch>
{
    readonly Stack encoder;
    readonly Linear transform;
    readonly INorm norm;
    readonly Parameter bias;

    /// <summary>Asks for the parameters of the model that <paramref name="config"/> describes.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public MaskedLanguageModel(Scope p, MaskedLanguageModelConfig config)
    {
        config.Check();
        Config = config;
        encoder = new Stack(p / "encoder", config);
        var head = p / "head";
        transform = new Linear(head / "transform", config.Width, config.Width);
        norm = config.Norm.Build(head / "norm", config.Width);
        bias = head.Parameter("bias", [config.Vocabulary], Init.Zero);
    }

    /// <summary>What it was built from.</summary>
    public MaskedLanguageModelConfig Config { get; }

    /// <summary>Logits of the ids at some rows.</summary>
    /// <param name="pass">the pass that begins here</param>
    /// <param name="text">n ids of sequences of at most <see cref="StackConfig.Context"/> each</param>
    /// <param name="rows">m rows of them, in any order; must not change while the pass lives</param>
    /// <returns>[m, v]</returns>
    public Tensor Forward(Pass pass, Tokens text, ReadOnlyMemory<int> rows)
    {
        var hidden = Ops.Pick(encoder.Forward(pass, text, new(Mask.Full)), rows);
        return Ops.Linear(norm.Forward(transform.Forward<Gelu>(hidden)), encoder.Table, bias);
    }

    /// <inheritdoc/>
    public TokenLoss Loss(Pass pass, LabelledBatch batch, LossOptions options)
    {
        // Nothing is computed for rows of which nobody asks: most of them.
        var rows = batch.LabelledRows();
        return Ops.CrossEntropy(Forward(pass, batch.Text, rows), Array.ConvertAll(rows, row => batch.Labels.Span[row]), options);
    }
}

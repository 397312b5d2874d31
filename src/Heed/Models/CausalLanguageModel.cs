using Heed.Attention;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>p(x) = Πₜ softmax(Decoder(x₍₋ₜ₎)·Wᵀ)[xₜ]: the decoder-only Transformer. Radford et al. 2018, eq. 2; 2019.</summary>
public sealed class CausalLanguageModel : ITrainable<LabelledBatch>
{
    readonly Stack decoder;
    readonly Parameter output;

    /// <summary>Asks for the parameters of the model that <paramref name="config"/> describes.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public CausalLanguageModel(Scope p, LanguageModelConfig config)
    {
        config.Check();
        Config = config;
        decoder = new Stack(p / "decoder", config);
        output = config.TieOutput ? decoder.Table : (p / "output").Parameter("weight", [config.Vocabulary, config.Width], Init.Normal(MathF.Sqrt(1f / config.Width)));
    }

    /// <summary>What it was built from.</summary>
    public LanguageModelConfig Config { get; }

    internal Stack Decoder => decoder;

    /// <summary>Logits of the next id after every row, all at once.</summary>
    /// <param name="pass">the pass that begins here</param>
    /// <param name="text">n ids of sequences of at most <see cref="StackConfig.Context"/> each</param>
    /// <returns>[n, v]</returns>
    public Tensor Forward(Pass pass, Tokens text) => Logits(decoder.Forward(pass, text, new(Mask.Causal)));

    /// <inheritdoc/>
    public TokenLoss Loss(Pass pass, LabelledBatch batch, LossOptions options)
        => Ops.ProjectedCrossEntropy(decoder.Forward(pass, batch.Text, new(Mask.Causal)), output, batch.Labels.Span, options);

    /// <summary>Reads what stands before the ids that are to come and stands ready to continue each sequence.</summary>
    /// <remarks>The last id of a prompt is not read here: it is what the first call of <see cref="IDecoding.Next"/> appends.</remarks>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="prompt">sequences of one length, which may be 0, below <see cref="StackConfig.Context"/></param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no room for another id.</exception>
    public IDecoding Begin(Workspace workspace, Tokens prompt) => new CausalDecoding(this, workspace, prompt);

    /// <summary>Scores of every id of the vocabulary, before the softmax.</summary>
    /// <param name="x">[n, d]</param>
    /// <returns>[n, v]</returns>
    internal Tensor Logits(Tensor x) => Ops.Linear(x, output);
}

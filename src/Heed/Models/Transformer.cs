using Heed.Attention;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>p(y|x) = Πₜ softmax(Decoder(y₍₋ₜ₎, Encoder(x))·Eᵀ): the encoder-decoder Transformer. Vaswani et al. 2017, Figure 1.</summary>
public sealed class Transformer : ISequenceToSequence
{
    readonly Parameter sourceTable, targetTable, outputTable;
    readonly IPositions sourcePositions, targetPositions;
    readonly Mask encoderMask, decoderMask;
    readonly EncoderBlock[] encoder;
    readonly DecoderBlock[] decoder;
    readonly INorm encoderEnd, decoderEnd;

    /// <summary>Asks for the parameters of the model that <paramref name="config"/> describes.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public Transformer(Scope p, TransformerConfig config)
    {
        config.Check();
        Config = config;
        (encoderMask, decoderMask) = (config.EncoderMask.Mask, config.DecoderMask.Mask);
        (sourceTable, targetTable, outputTable) = VocabularyTables.Ask(p, config, config.SourceWidth, config.Width);
        sourcePositions = config.Positions.Build(p / "encoder" / "positions", config.EncoderShape);
        targetPositions = config.Positions.OfDecoder().Build(p / "decoder" / "positions", config.DecoderShape);
        encoder = [.. Enumerable.Range(0, config.EncoderLayers).Select(i => new EncoderBlock(p / "encoder" / i, config.EncoderBlock, sourcePositions))];
        encoderEnd = config.StackEnd.Build(p / "encoder" / "end", config.SourceWidth);
        decoder = [.. Enumerable.Range(0, config.DecoderLayers).Select(i => new DecoderBlock(p / "decoder" / i, config.DecoderBlock, targetPositions))];
        decoderEnd = config.StackEnd.Build(p / "decoder" / "end", config.Width);
    }

    /// <summary>What it was built from.</summary>
    public TransformerConfig Config { get; }

    TranslatorConfig ISequenceToSequence.Config => Config;

    internal IReadOnlyList<DecoderBlock> Decoder => decoder;

    /// <summary>One row of width d for each source id.</summary>
    public Rows Encode(Pass pass, Tokens source)
    {
        var x = Embed(pass, sourceTable, sourcePositions, source);
        foreach (var block in encoder) x = x.With(pass.Region((block, x, mask: encoderMask), static s => s.block.Forward(s.x, s.mask, KeyValues.None).Values));
        return x.With(encoderEnd.Forward(x.Values));
    }

    /// <summary>One row of width d for each target id, before the output projection.</summary>
    /// <param name="target">target rows, embedded</param>
    /// <param name="source">encoded source rows</param>
    /// <param name="memories">one for each block</param>
    internal Tensor Decode(Rows target, Rows source, ReadOnlySpan<LayerMemory> memories)
    {
        var x = target;
        for (var i = 0; i < decoder.Length; i++) x = decoder[i].Forward(x, source, decoderMask, memories[i]);
        return decoderEnd.Forward(x.Values);
    }

    /// <summary>Target ids as rows, positions added.</summary>
    internal Rows EmbedTarget(Pass pass, Tokens target) => Embed(pass, targetTable, targetPositions, target);

    /// <summary>Scores of every id of the vocabulary, before the softmax.</summary>
    /// <param name="x">[n, d]</param>
    /// <returns>[n, v]</returns>
    internal Tensor Logits(Tensor x) => Ops.Linear(x, outputTable);

    /// <inheritdoc/>
    public Tensor Forward(Pass pass, Tokens source, Tokens target) => Logits(DecodeAll(pass, source, target));

    /// <inheritdoc/>
    public TokenLoss Loss(Pass pass, PairBatch batch, LossOptions options)
        => Ops.ProjectedCrossEntropy(DecodeAll(pass, batch.Source, batch.Target), outputTable, batch.Next.Span, options);

    /// <inheritdoc/>
    public IDecoding Begin(Workspace workspace, Tokens source) => new TransformerDecoding(this, workspace, source);

    Tensor DecodeAll(Pass pass, Tokens source, Tokens target)
    {
        var encoded = Encode(pass, source);
        var memories = new LayerMemory[decoder.Length];
        Array.Fill(memories, LayerMemory.None);
        return Decode(EmbedTarget(pass, target), encoded, memories);
    }

    Rows Embed(Pass pass, Parameter table, IPositions positions, Tokens tokens)
    {
        var x = Ops.Embed(pass, table, tokens.Ids, MathF.Sqrt(table.Shape.Columns));
        return new(Ops.Dropout(positions.Embed(x, tokens.Places), Config.Dropout.Embedding), tokens.Segments, tokens.Places);
    }
}

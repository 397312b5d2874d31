using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>sₜ = cell(yₜ₋₁, sₜ₋₁)  cₜ = Σⱼ softmaxⱼ(score(sₜ, hⱼ)) hⱼ  s̃ₜ = tanh(W[cₜ; sₜ])  p(yₜ|y₍₋ₜ₎, x) = softmax(E s̃ₜ). Luong, Pham and Manning 2015, §3.</summary>
/// <remarks>
/// Without input feeding no step waits for the attention of the one before, so all steps of all targets are one pass through each part.
/// With it the targets grow step by step, the longest first.
/// </remarks>
public sealed class RecurrentTranslator : ISequenceToSequence
{
    readonly Parameter sourceTable, targetTable, outputTable;
    readonly ISourceEncoder encoder;
    readonly Linear[] bridge;
    readonly RecurrentLayers decoder;
    readonly IScore score;
    readonly Linear attentional;

    /// <summary>Asks for the parameters of the model that <paramref name="config"/> describes.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public RecurrentTranslator(Scope p, RecurrentConfig config)
    {
        config.Check();
        Config = config;
        (sourceTable, targetTable, outputTable) = VocabularyTables.Ask(p, config, config.Embedding, config.Embedding);
        encoder = config.Encoder.Build(p / "encoder", config);
        bridge = config.Bridge == Bridge.None ? [] : [.. Enumerable.Range(0, config.DecoderLayers)
            .Select(i => new Linear(p / "bridge" / i, config.Encoder.OutputWidth, config.Cell.States * config.Width))];
        var layers = new RecurrentLayersConfig { Cell = config.Cell, Width = config.Width, Layers = config.DecoderLayers, Dropout = config.Dropout.Layers };
        decoder = new(p / "decoder", layers, config.StepWidth);
        score = config.Score.Build(p / "decoder" / (config.DecoderLayers - 1) / "cross", config.Width, config.Encoder.OutputWidth);
        attentional = new(p / "decoder" / "attentional", score.Width + config.Width, config.Embedding, bias: false);
    }

    /// <summary>What it was built from.</summary>
    public RecurrentConfig Config { get; }

    TranslatorConfig ISequenceToSequence.Config => Config;

    /// <summary>The source as the decoder sees it: its rows, those as they are compared, and the states to begin with.</summary>
    internal SourceMemory Read(Pass pass, Tokens source)
    {
        var encoded = encoder.Forward(new(Embed(pass, sourceTable, source.Ids), source.Segments, source.Places));
        var rows = encoded.Rows.With(Ops.Dropout(encoded.Rows.Values, Config.Dropout.Source));
        return new(rows, score.Keys(rows.Values), Begin(rows, encoded.Last));
    }

    /// <summary>Target ids as rows.</summary>
    internal Tensor EmbedTarget(Pass pass, ReadOnlyMemory<int> ids) => Embed(pass, targetTable, ids);

    /// <summary>Scores of every id of the vocabulary, before the softmax.</summary>
    internal Tensor Logits(Tensor x) => Ops.Linear(x, outputTable);

    /// <summary>Steps of targets that go on from given states.</summary>
    /// <param name="x">[n, e] rows that the decoder reads, the attentional states of the steps before beside them where those are fed</param>
    /// <param name="states">a state for each layer to begin with</param>
    /// <param name="source">what is looked at</param>
    /// <param name="pairs">which steps look at which source rows</param>
    internal DecoderStep Step(Rows x, IReadOnlyList<Tensor> states, SourceMemory source, SegmentPair[] pairs)
    {
        var after = decoder.Forward(x, states);
        var asks = after.Output.Values;
        var context = score.Attend(asks, source.Keys, source.Rows.Values, pairs);
        return new(Ops.Dropout(attentional.Forward<Tanh>(Ops.Beside(context, asks)), Config.Dropout.Output), after.States);
    }

    /// <inheritdoc/>
    public Tensor Forward(Pass pass, Tokens source, Tokens target) => Logits(DecodeAll(pass, source, target));

    /// <inheritdoc/>
    public TokenLoss Loss(Pass pass, PairBatch batch, LossOptions options)
        => Ops.ProjectedCrossEntropy(DecodeAll(pass, batch.Source, batch.Target), outputTable, batch.Next.Span, options);

    /// <inheritdoc/>
    public IDecoding Begin(Workspace workspace, Tokens source) => new RecurrentDecoding(this, workspace, source);

    Tensor DecodeAll(Pass pass, Tokens source, Tokens target)
    {
        var memory = Read(pass, source);
        var rows = new Rows(EmbedTarget(pass, target.Ids), target.Segments);
        return Config.InputFeeding ? StepByStep(rows, memory) : Step(rows, memory.States, memory, target.Segments.Against(source.Segments)).Attentional;
    }

    // Targets in order of their lengths: those that have a step t are the first few at every t.
    Tensor StepByStep(Rows targets, SourceMemory memory)
    {
        var (segments, source) = (targets.Segments, memory.Rows.Segments);
        if (segments.Count != source.Count) throw new ArgumentException($"There are {source.Count} sources but {segments.Count} targets.");
        int[] order = [.. Enumerable.Range(0, segments.Count).OrderByDescending(segments.Length)], place = new int[segments.Rows];
        var states = memory.States;
        var made = new List<Tensor>();
        for (int t = 0, done = 0; done < segments.Rows; t++)
        {
            int[] alive = [.. order.TakeWhile(target => segments.Length(target) > t)], first = [.. Enumerable.Range(0, alive.Length)];
            for (var i = 0; i < alive.Length; i++) place[segments.Start(alive[i]) + t] = done + i;
            var x = Ops.Pick(targets.Values, Array.ConvertAll(alive, target => segments.Start(target) + t));
            var fed = t == 0 ? Nothing(x) : Ops.Pick(made[^1], first);
            var step = Step(new(Ops.Beside(x, fed), Segments.Singles(alive.Length)), [.. states.Select(state => Ops.Pick(state, t == 0 ? alive : first))], memory,
                [.. alive.Select((target, i) => new SegmentPair(i, 1, source.Start(target), source.Length(target), Past: t))]);
            made.Add(step.Attentional);
            states = step.States;
            done += alive.Length;
        }
        return made.Count == 0 ? targets.Values : Ops.Pick(Ops.Stack(made.ToArray()), place);
    }

    /// <summary>What is fed to first steps: zeros.</summary>
    internal static Tensor Nothing(Tensor like)
    {
        var zeros = like.Pass.New(like.Shape);
        zeros.Data.Clear();
        return zeros;
    }

    Tensor Embed(Pass pass, Parameter table, ReadOnlyMemory<int> ids)
        => Ops.Dropout(Ops.Embed(pass, table, ids, MathF.Sqrt(Config.Embedding)), Config.Dropout.Embedding);

    Tensor[] Begin(Rows rows, Tensor last)
    {
        switch (Config.Bridge)
        {
            case Bridge.Last: return [.. bridge.Select(layer => layer.Forward<Tanh>(last))];
            case Bridge.Mean:
                var mean = Means.Of("bridge.mean", rows);
                return [.. bridge.Select(layer => layer.Forward<Tanh>(mean))];
            default:
                var zeros = rows.Values.Pass.New([rows.Segments.Count, Config.Cell.States * Config.Width]);
                zeros.Data.Clear();
                return [.. Enumerable.Repeat(zeros, Config.DecoderLayers)];
        }
    }
}

/// <summary>A source that has been read.</summary>
/// <param name="Rows">[m, w] what answers are averages of</param>
/// <param name="Keys">[m, …] what queries are compared with</param>
/// <param name="States">for each layer of the decoder [s, states·h]</param>
readonly record struct SourceMemory(Rows Rows, Tensor Keys, Tensor[] States);

/// <summary>What steps of a decoder made.</summary>
/// <param name="Attentional">[n, e] s̃</param>
/// <param name="States">for each layer [n, states·h]</param>
readonly record struct DecoderStep(Tensor Attentional, Tensor[] States);

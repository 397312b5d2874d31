using System.Text.Json.Serialization;
using Heed.Attention;
using Heed.Layers;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>With what a decoder begins.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Bridge>))]
public enum Bridge
{
    /// <summary>s₀ = tanh(W·last + b), last where the reading of the source ended. Cho et al. 2014.</summary>
    Last,

    /// <summary>s₀ = tanh(W·mean + b), mean that of the encoded rows.</summary>
    Mean,

    /// <summary>s₀ = 0: all that is known of the source comes by attention.</summary>
    None,
}

/// <summary>The shares dropped in training, each at least 0 and below 1.</summary>
public sealed record RecurrentDropout
{
    /// <summary>Of embeddings.</summary>
    public float Embedding { get; init; } = 0.3f;

    /// <summary>Of what a layer hands to the one above.</summary>
    public float Layers { get; init; }

    /// <summary>Of encoded source rows.</summary>
    public float Source { get; init; } = 0.5f;

    /// <summary>Of attentional states, before the output projection.</summary>
    public float Output { get; init; } = 0.5f;

    /// <summary>Nothing is dropped.</summary>
    public static RecurrentDropout None { get; } = new() { Embedding = 0, Source = 0, Output = 0 };
}

/// <summary>The shape of a recurrent translator. Defaults: the GRU baseline of Caglayan et al. 2017, with the decoder of Luong, Pham and Manning 2015.</summary>
public sealed record RecurrentConfig : TranslatorConfig
{
    /// <summary>The width of an embedding and of an attentional state, at least 1.</summary>
    public int Embedding { get; init; } = 128;

    /// <summary>h, units of each layer of the decoder, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Layers of the decoder, at least 1.</summary>
    public int DecoderLayers { get; init; } = 1;

    /// <summary>The cell of all recurrent layers.</summary>
    public Cell Cell { get; init; } = new GruCell();

    /// <summary>How the source is read.</summary>
    public SourceEncoder Encoder { get; init; } = new RecurrentEncoder();

    /// <summary>With what the decoder begins.</summary>
    public Bridge Bridge { get; init; } = Bridge.Last;

    /// <summary>How the decoder weighs the source's rows.</summary>
    public Score Score { get; init; } = new AdditiveScore();

    /// <summary>Whether a step of the decoder reads the attentional state of the step before. Luong, Pham and Manning 2015, §3.3. Training then goes step by step.</summary>
    public bool InputFeeding { get; init; }

    /// <summary>What is dropped in training.</summary>
    public RecurrentDropout Dropout { get; init; } = new();

    /// <inheritdoc/>
    public override string Tag => "recurrent";

    /// <inheritdoc/>
    public override string Description => Score is NoScore
        ? "A recurrent encoder-decoder without attention (Sutskever, Vinyals and Le 2014)" : "A recurrent encoder-decoder with attention (Bahdanau, Cho and Bengio 2015)";

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, string Value)> Sizes =>
    [
        ("Cell, encoder, attention", $"{Name(Cell, nameof(Cell))}, {Name(Encoder, "Encoder")}, {Name(Score, nameof(Score))}"),
        ("Layers", $"{Encoder.Layers} encoder, {DecoderLayers} decoder"),
        ("Embedding, width", $"{Embedding}, {Width}"),
    ];

    /// <inheritdoc/>
    public override int? LengthLimit => Encoder.LengthLimit;

    /// <inheritdoc/>
    public override int Layers => Encoder.Layers + DecoderLayers;

    /// <summary>The width of a row that the decoder reads.</summary>
    internal int StepWidth => InputFeeding ? 2 * Embedding : Embedding;

    /// <inheritdoc/>
    public override ISequenceToSequence Build(Scope p) => new RecurrentTranslator(p, this);

    /// <inheritdoc/>
    public override double Flops(Segments source, Segments target)
    {
        if (source.Count != target.Count) throw new ArgumentException($"There are {source.Count} sources but {target.Count} targets.", nameof(target));
        double n = target.Rows, m = source.Rows, looks = 0, gates = Cell.Gates * (double)Width;
        for (var i = 0; i < source.Count; i++) looks += (double)source.Length(i) * target.Length(i);
        var context = Score is NoScore ? 0 : Encoder.OutputWidth;
        var bridge = Bridge == Bridge.None ? 0 : source.Count * (double)Encoder.OutputWidth * DecoderLayers * Cell.States * Width;
        var decoder = gates * (StepWidth + Width) + (DecoderLayers - 1) * gates * 2 * Width + (context + Width) * (double)Embedding + (double)Embedding * TargetVocabulary;
        return 2 * (m * Encoder.Products(this) + bridge + n * decoder + Score.Products((n, Width), (m, Encoder.OutputWidth), looks));
    }

    /// <summary>A fault unless a width is at least 1 and not absurd.</summary>
    internal static IEnumerable<string> Sized(string key, int width)
        => width is >= 1 and <= MostColumns ? [] : [$"{key} is {width}; it must be at least 1 and at most {MostColumns}."];

    /// <summary>A fault unless a number of layers is at least 1 and not absurd.</summary>
    internal static IEnumerable<string> Counted(string key, int layers)
        => layers is >= 1 and <= MostLayers ? [] : [$"{key} is {layers}; it must be at least 1 and at most {MostLayers}."];

    private protected override IEnumerable<string> OwnFaults()
    {
        foreach (var fault in (string[])[.. Sized("embedding", Embedding), .. Sized("width", Width), .. Counted("decoderLayers", DecoderLayers)]) yield return fault;
        foreach (var fault in Encoder.Faults()) yield return "encoder." + fault;
        foreach (var fault in Score.Faults(Width, Encoder.OutputWidth)) yield return "score." + fault;
        if (InputFeeding && Score is NoScore) yield return "inputFeeding is true, but score is none: there is no attentional state to feed. Choose another score or inputFeeding: false.";
        if (Score is NoScore && Bridge == Bridge.None)
            yield return "score is none and bridge is none: nothing of the source would reach the decoder. Choose another score, or bridge: last or mean.";
        foreach (var (name, rate) in new[] { ("embedding", Dropout.Embedding), ("layers", Dropout.Layers), ("source", Dropout.Source), ("output", Dropout.Output) })
            if (!(rate >= 0 && rate < 1)) yield return FormattableString.Invariant($"dropout.{name} is {rate}; it must be at least 0 and below 1.");
    }

    // LSTM for an LstmCell, additive for an AdditiveScore.
    static string Name(object kind, string suffix) => kind.GetType().Name.Replace(suffix, "", StringComparison.Ordinal).ToLowerInvariant();
}

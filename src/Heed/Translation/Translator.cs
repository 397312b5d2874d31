using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>argmaxᵧ log p(y|x) for each line x: translates with one model, or with several that decide each id together.</summary>
/// <remarks>
/// Any number of threads may call it at once, and none of them sees the others in its results. A call that is cancelled stops between two steps and
/// leaves the translator as it was. <see cref="Dispose"/> stops the calls under way; they, and later ones, throw <see cref="ObjectDisposedException"/>.
/// </remarks>
/// <example><code>
/// using var translator = Translator.Load("model");
/// foreach (var line in translator.Translate(["A man sleeps."])) …
/// </code></example>
public sealed partial class Translator : IDisposable
{
    // Parts of a line draw from streams of their own, far from those of all lines.
    const int PartShift = 40;
    const int LinesAtOnce = 64;

    readonly Calls calls = new(nameof(Translator));
    readonly IReadOnlyList<TranslationModel> models;
    readonly Backend backend;
    readonly BatchDecoder decoder;
    readonly SourceReader reader;
    readonly DecodingOptions decoding;
    bool ownsAll;

    /// <summary>Translates with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose, after the translator</param>
    /// <param name="backend">what computes; likewise</param>
    /// <param name="sources">how lines are read; at most 1024 ids of each, unless told</param>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    public Translator(TranslationModel model, Backend backend, SourceOptions? sources = null) : this([model], backend, sources)
    {
    }

    /// <summary>Translates with an ensemble: the probability of each next id is the mean of those that the models give it.</summary>
    /// <remarks>
    /// The order of the models does not show in translations and scores. The first one's <see cref="TranslationModel.Decoding"/> is used unless told, and
    /// it is the one whose attention is shown and whose ids of the source a result holds. Each model cuts the source into ids of its own.
    /// </remarks>
    /// <param name="models">at least one, whose target ids mean the same; still their owner's to dispose, after the translator</param>
    /// <param name="backend">what computes; likewise</param>
    /// <param name="sources">how lines are read; at most 1024 ids of each, unless told</param>
    /// <exception cref="ArgumentException">There is no model, the target vocabularies differ, or the options have faults.</exception>
    public Translator(IReadOnlyList<TranslationModel> models, Backend backend, SourceOptions? sources = null)
    {
        if (models.Count == 0) throw new ArgumentException("There is no model to translate with.", nameof(models));
        if (Misfit(models) is var (place, difference))
            throw new ArgumentException($"Models 1 and {place + 1} cannot translate together: of their target vocabularies, {difference}.", nameof(models));
        sources ??= new();
        ThrowIfAny(sources.Faults(), "source", nameof(sources));
        (this.models, this.backend, decoding) = ([.. models], backend, models[0].Decoding);
        decoder = new BatchDecoder([.. models.Select(model => model.Model)], backend);
        LongestSource = Math.Min(sources.MaximumLength, decoder.LengthLimit - 1 ?? int.MaxValue);
        reader = new SourceReader([.. models.Select(model => model.Source)], LongestSource, sources.WhenLonger);
    }

    /// <summary>Loads a model directory for translation on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <param name="sources">how lines are read; at most 1024 ids of each, unless told</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another; the message says which, where, and what to do.</exception>
    public static Translator Load(string folder, int threads = 0, SourceOptions? sources = null) => Load([folder], threads, sources);

    /// <summary>Loads the models of an ensemble for translation on the processor; see <see cref="Translator(IReadOnlyList{TranslationModel}, Backend, SourceOptions?)"/>.</summary>
    /// <param name="folders">the models, at least one</param>
    /// <param name="threads">how many threads work at once, up to 1024; 0 takes all processors</param>
    /// <param name="sources">how lines are read; at most 1024 ids of each, unless told</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or contradicts another, or models do not fit each other.</exception>
    public static Translator Load(IReadOnlyList<string> folders, int threads = 0, SourceOptions? sources = null)
    {
        var backend = new CpuBackend(threads);
        var warmUp = Task.Run(() => WarmUp.Run(backend));
        var models = new List<TranslationModel>(folders.Count);
        try
        {
            foreach (var folder in folders) models.Add(ModelFolder.Load(folder));
            if (Misfit(models) is var (place, difference))
                throw new InvalidDataException($"The models in '{folders[0]}' and '{folders[place]}' cannot translate together: of their target vocabularies, {difference}. Train them with one tokenizer.");
            warmUp.GetAwaiter().GetResult();
            foreach (var model in models) model.Parameters.Freeze(backend);
            return new Translator(models, backend, sources) { ownsAll = true };
        }
        catch
        {
            Task.WaitAny(warmUp);
            foreach (var model in models) model.Dispose();
            backend.Dispose();
            throw;
        }
    }

    // The first model whose target ids do not mean what those of model 0 do, and how they differ.
    static (int Place, string Difference)? Misfit(IReadOnlyList<TranslationModel> models)
    {
        for (var i = 1; i < models.Count; i++)
            if (models[0].Target.Difference(models[i].Target) is { } difference) return (i, difference);
        return null;
    }

    /// <summary>The model; of an ensemble the first.</summary>
    public TranslationModel Model => models[0];

    /// <summary>All models.</summary>
    public IReadOnlyList<TranslationModel> Models => models;

    /// <summary>How many threads work at once.</summary>
    public int Threads => backend.Threads;

    /// <summary>How many ids of a source are read at once, the end not counted: <see cref="SourceOptions.MaximumLength"/>, or fewer where a model's positions end before.</summary>
    public int LongestSource { get; }

    /// <summary>The best translation of each line, in order.</summary>
    /// <inheritdoc cref="Search"/>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> lines, DecodingOptions? options = null, CancellationToken cancellation = default)
        => [.. Search(lines, options, cancellation).Select(result => result.Text)];

    /// <summary>The best translation of each line, in order, with what is known of it.</summary>
    /// <param name="lines">the lines; one without text is translated by the empty line</param>
    /// <param name="options">how to search; as the model says, unless told</param>
    /// <param name="cancellation">stops between two steps</param>
    /// <returns>as many as there are lines</returns>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="NotFiniteNumberException">The model computed a number that is not finite; the message says where.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed, before the call or during it.</exception>
    public IReadOnlyList<TranslationResult> Search(IReadOnlyList<string> lines, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Checked(options);
        return calls.Run(stop => Find(lines, options, Searching(options, stop), stop), cancellation);
    }

    /// <summary>A translation of each line drawn at random, in order.</summary>
    /// <param name="lines">the lines, numbered on from <see cref="Sampling.FirstNumber"/></param>
    /// <param name="sampling">how it is drawn</param>
    /// <param name="options">limits of length and batch; what they say of a search is not used</param>
    /// <param name="cancellation">stops between two steps</param>
    /// <inheritdoc cref="Search"/>
    public IReadOnlyList<TranslationResult> Sample(IReadOnlyList<string> lines, Sampling sampling, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Checked(options);
        ThrowIfAny(sampling.Faults(), "sampling", nameof(sampling));
        return calls.Run(stop => Find(lines, options, Drawing(sampling, stop), stop), cancellation);
    }

    Finder Searching(DecodingOptions options, CancellationToken stop)
    {
        var search = new BeamSearch(options, Model.Target.Begin, Model.Target.End);
        return (decoding, workspace, _, lengths) => [.. search.Run(decoding, workspace, lengths, stop).Select(found => found[0])];
    }

    Finder Drawing(Sampling sampling, CancellationToken stop)
    {
        var search = new SamplingSearch(sampling.Rules, sampling.Seed, Model.Target.Begin, Model.Target.End);
        return (decoding, workspace, parts, lengths) => search.Run(decoding, workspace,
            [.. parts.Zip(lengths, (part, length) => (sampling.FirstNumber + part.Line + ((long)part.Number << PartShift), length))], stop);
    }

    DecodingOptions Checked(DecodingOptions? options)
    {
        options ??= decoding;
        ThrowIfAny(options.Faults(), "decoding", nameof(options));
        return options;
    }

    static void ThrowIfAny(IEnumerable<string> faults, string kind, string parameter)
    {
        var all = faults.ToList();
        if (all.Count > 0) throw new ArgumentException($"The {kind} options cannot be used:\n  {string.Join("\n  ", all)}", parameter);
    }

    TranslationResult[] Find(IReadOnlyList<string> lines, DecodingOptions options, Finder find, CancellationToken stop)
    {
        var read = Read(lines, stop);
        List<SourcePart> parts = [.. read.SelectMany(part => part)];
        var found = decoder.Run(parts, options, find);
        var results = new TranslationResult[lines.Count];
        for (int i = 0, at = 0; i < results.Length; at += read[i].Count, i++)
            results[i] = TranslationResult.Of([.. read[i].Zip(found[at..(at + read[i].Count)], Result)]);
        return results;
    }

    List<SourcePart>[] Read(IReadOnlyList<string> lines, CancellationToken stop)
    {
        var read = new List<SourcePart>[lines.Count];
        backend.Each((lines.Count + LinesAtOnce - 1) / LinesAtOnce, some =>
        {
            stop.ThrowIfCancellationRequested();
            for (var i = some * LinesAtOnce; i < Math.Min(lines.Count, (some + 1) * LinesAtOnce); i++) read[i] = reader.Read(lines[i], i);
        });
        return read;
    }

    TranslationResult Result(SourcePart part, Hypothesis best)
        => new(Model.Target.Decode(best.Ids), part.Ids[0], best.Ids, best.LogProbability, best.Score, part.WasCut) { ContinuesWord = part.ContinuesWord };

    /// <summary>Which source ids the decoder looked at when it made each target id: attention weights of every layer and head, of an ensemble's first model.</summary>
    /// <param name="result">a translation this translator made, or a part of one</param>
    /// <returns>what every layer and head looked at</returns>
    /// <exception cref="ArgumentException">The line had no text, or was split: then each of its parts has attention of its own.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    public AttentionMaps Attention(TranslationResult result)
    {
        if (result.Parts.Count > 0)
            throw new ArgumentException($"The line was translated in {result.Parts.Count} parts; ask for the attention of each of {nameof(TranslationResult.Parts)}.", nameof(result));
        if (result.SourceIds.Length == 0) throw new ArgumentException("The line had no text, so nothing was looked at.", nameof(result));
        return calls.Run(_ => decoder.WithWorkspace(workspace =>
        {
            var maps = new AttentionMaps();
            using var pass = Pass.Infer(workspace, maps.Probe);
            Model.Model.Forward(pass, Tokens.Of([result.SourceIds]), Tokens.Of([(int[])[Model.Target.Begin, .. result.TargetIds]]));
            return maps;
        }), CancellationToken.None);
    }

    /// <summary>Which source word each word of a translation was made from, by <see cref="Attention"/>; of a line that was split, part by part.</summary>
    /// <param name="result">a translation this translator made</param>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    public WordAlignment Align(TranslationResult result)
    {
        if (result.Parts.Count > 0) return WordAlignment.Join([.. result.Parts.Select(part => (Align(part), part.ContinuesWord))]);
        return result.SourceIds.Length == 0 ? WordAlignment.None : WordAlignment.Of(Model, result, Attention(result).Alignment());
    }

    /// <summary>Stops the calls under way, waits until they have left, and releases pooled memory, models and backend, the latter two when <see cref="Load(string, int, SourceOptions?)"/> made them.</summary>
    public void Dispose()
    {
        if (!calls.Close()) return;
        decoder.Dispose();
        if (!ownsAll) return;
        foreach (var model in models) model.Dispose();
        backend.Dispose();
    }
}

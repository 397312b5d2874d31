using System.Collections.Concurrent;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>argmaxᵧ log p(y|x) for each line x: translates with one model; safe for many callers at once.</summary>
/// <example><code>
/// using var translator = Translator.Load("model");
/// foreach (var line in translator.Translate(["A man sleeps."])) …
/// </code></example>
public sealed class Translator : IDisposable
{
    readonly TranslationModel model;
    readonly Backend backend;
    readonly ConcurrentBag<Workspace> workspaces = [];

    /// <summary>Translates with a loaded model, whose parameters must not change any more.</summary>
    /// <param name="model">the model; still its owner's to dispose</param>
    /// <param name="backend">what computes; likewise</param>
    public Translator(TranslationModel model, Backend backend)
    {
        (this.model, this.backend) = (model, backend);
    }

    /// <summary>Loads a model directory for translation on the processor.</summary>
    /// <param name="folder">the model</param>
    /// <param name="threads">how many threads work at once; 0 takes all processors</param>
    /// <param name="maximumSourceLength">see <see cref="MaximumSourceLength"/></param>
    public static Translator Load(string folder, int threads = 0, int maximumSourceLength = 1024)
    {
        var backend = new CpuBackend(threads);
        var warmUp = Task.Run(() => WarmUp.Run(backend));
        try
        {
            var model = ModelFolder.Load(folder);
            warmUp.GetAwaiter().GetResult();
            model.Parameters.Freeze(backend);
            return new Translator(model, backend) { ownsBoth = true, MaximumSourceLength = maximumSourceLength };
        }
        catch
        {
            Task.WaitAny(warmUp);
            backend.Dispose();
            throw;
        }
    }

    const int BatchesPerThread = 8, LeastBatchTokens = 256, LinesAtOnce = 64;

    bool ownsBoth;

    /// <summary>The model.</summary>
    public TranslationModel Model => model;

    /// <summary>How many threads work at once.</summary>
    public int Threads => backend.Threads;

    /// <summary>A source longer than this many ids is cut; at least 1.</summary>
    public int MaximumSourceLength { get; init; } = 1024;

    /// <summary>How many ids of a source are read: <see cref="MaximumSourceLength"/>, or fewer where the model's positions end before.</summary>
    public int LongestSource => Math.Min(MaximumSourceLength, model.Model.LengthLimit - 1 ?? int.MaxValue);

    /// <summary>The best translation of each line, in order.</summary>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> lines, DecodingOptions? options = null, CancellationToken cancellation = default)
        => [.. Search(lines, options, cancellation).Select(result => result.Text)];

    /// <summary>The best translation of each line, in order, with what is known of it.</summary>
    public IReadOnlyList<TranslationResult> Search(IReadOnlyList<string> lines, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Checked(options);
        var search = new BeamSearch(options, model.Target.Begin, model.Target.End);
        return Find(lines, options, (decoding, workspace, _, lengths) => [.. search.Run(decoding, workspace, lengths, cancellation).Select(found => found[0])]);
    }

    /// <summary>A translation of each line drawn at random, in order.</summary>
    /// <param name="lines">the lines, numbered on from <see cref="Sampling.FirstNumber"/></param>
    /// <param name="sampling">how it is drawn</param>
    /// <param name="options">limits of length and batch; what they say of a search is not used</param>
    /// <param name="cancellation">stops between two steps</param>
    public IReadOnlyList<TranslationResult> Sample(IReadOnlyList<string> lines, Sampling sampling, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        var faults = sampling.Faults().ToList();
        if (faults.Count > 0) throw new ArgumentException("The sampling options cannot be used:\n  " + string.Join("\n  ", faults), nameof(sampling));
        var search = new SamplingSearch(sampling.Rules, sampling.Seed, model.Target.Begin, model.Target.End);
        return Find(lines, Checked(options), (decoding, workspace, numbers, lengths)
            => search.Run(decoding, workspace, [.. numbers.Zip(lengths, (number, length) => (sampling.FirstNumber + number, length))], cancellation));
    }

    // One target for each sentence: of the empty hypotheses, the memory, the sentences' numbers and the greatest lengths of their targets.
    delegate IReadOnlyList<Hypothesis> Finder(IDecoding decoding, Workspace workspace, IReadOnlyList<int> numbers, int[] lengths);

    DecodingOptions Checked(DecodingOptions? options)
    {
        options ??= model.Decoding;
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new ArgumentException("The decoding options cannot be used:\n  " + string.Join("\n  ", faults), nameof(options));
    }

    TranslationResult[] Find(IReadOnlyList<string> lines, DecodingOptions options, Finder find)
    {
        var (sources, cut) = Read(lines);
        var results = new TranslationResult[lines.Count];
        var batches = Group(sources, BatchTokens(sources, options), options.BatchSentences).ToList();
        backend.Each(batches.Count, i => Find(batches[i], sources, cut, options, results, find));
        return results;
    }

    (int[][] Sources, bool[] Cut) Read(IReadOnlyList<string> lines)
    {
        var limit = LongestSource;
        var sources = new int[lines.Count][];
        var cut = new bool[lines.Count];
        backend.Each((lines.Count + LinesAtOnce - 1) / LinesAtOnce, part =>
        {
            for (var i = part * LinesAtOnce; i < Math.Min(lines.Count, (part + 1) * LinesAtOnce); i++)
            {
                var ids = string.IsNullOrWhiteSpace(lines[i]) ? [] : model.Source.Encode(lines[i]);
                cut[i] = ids.Length > limit;
                sources[i] = [.. cut[i] ? ids[..limit] : ids, model.Source.End];
            }
        });
        return (sources, cut);
    }

    // Some batches for each thread, so that none waits long for the last, but none so small that weights are read for a few rows only.
    int BatchTokens(int[][] sources, DecodingOptions options)
        => (int)Math.Min(options.BatchTokens, Math.Max(LeastBatchTokens, sources.Sum(source => (long)source.Length) / (BatchesPerThread * backend.Threads)));

    // Sentences of like length decode together, so that few wait for the longest; neither order nor batch has an influence on any result.
    static IEnumerable<List<int>> Group(int[][] sources, int batchTokens, int batchSentences)
    {
        var batch = new List<int>();
        var tokens = 0;
        foreach (var i in Enumerable.Range(0, sources.Length).OrderByDescending(i => sources[i].Length).ThenBy(i => i))
        {
            if (batch.Count > 0 && (tokens + sources[i].Length > batchTokens || batch.Count == batchSentences))
            {
                yield return batch;
                (batch, tokens) = ([], 0);
            }
            batch.Add(i);
            tokens += sources[i].Length;
        }
        if (batch.Count > 0) yield return batch;
    }

    void Find(List<int> batch, int[][] sources, bool[] cut, DecodingOptions options, TranslationResult[] results, Finder find)
    {
        var workspace = workspaces.TryTake(out var pooled) ? pooled : new Workspace(backend);
        try
        {
            // A line without any text has nothing to translate: its translation is the empty line.
            var full = batch.Where(i => sources[i].Length > 1).ToList();
            foreach (var i in batch.Except(full)) results[i] = new("", [], [], 0, 0, WasCut: false);
            if (full.Count == 0) return;
            var lengths = full.Select(i => options.MaximumLength(sources[i].Length, model.Model.LengthLimit)).ToArray();
            var found = Decode(workspace, Tokens.Of([.. full.Select(i => sources[i])]), decoding => find(decoding, workspace, full, lengths));
            for (var k = 0; k < full.Count; k++)
            {
                var best = found[k];
                results[full[k]] = new(model.Target.Decode(best.Ids), sources[full[k]], best.Ids, best.LogProbability, best.Score, cut[full[k]]);
            }
        }
        finally
        {
            workspaces.Add(workspace);
        }
    }

    // What fails by a number that is not finite is done again, watched, so that the message can say where the number came from.
    IReadOnlyList<Hypothesis> Decode(Workspace workspace, Tokens source, Func<IDecoding, IReadOnlyList<Hypothesis>> search)
    {
        IReadOnlyList<Hypothesis> Once()
        {
            using var decoding = model.Model.Begin(workspace, source);
            return search(decoding);
        }
        try
        {
            return Once();
        }
        catch (NotFiniteNumberException fault)
        {
            throw workspace.FindNotFinite(() => Once()) ?? fault;
        }
    }

    /// <summary>Which source ids the decoder looked at when it made each target id: cross-attention weights, averaged over the heads of each layer.</summary>
    /// <param name="result">a translation this translator made</param>
    /// <returns>what every layer and head looked at</returns>
    public AttentionMaps Attention(TranslationResult result)
    {
        var workspace = workspaces.TryTake(out var pooled) ? pooled : new Workspace(backend);
        try
        {
            var maps = new AttentionMaps();
            using var pass = Pass.Infer(workspace, maps.Probe);
            model.Model.Forward(pass, Tokens.Of([result.SourceIds]), Tokens.Of([(int[])[model.Target.Begin, .. result.TargetIds]]));
            return maps;
        }
        finally
        {
            workspaces.Add(workspace);
        }
    }

    /// <summary>Releases pooled memory, and model and backend when <see cref="Load"/> made them.</summary>
    public void Dispose()
    {
        while (workspaces.TryTake(out var workspace)) workspace.Dispose();
        if (!ownsBoth) return;
        model.Dispose();
        backend.Dispose();
    }
}

/// <summary>A translation and what is known of it.</summary>
/// <param name="Text">the translation</param>
/// <param name="SourceIds">what the encoder read, the end included</param>
/// <param name="TargetIds">what the decoder made, the end left out</param>
/// <param name="LogProbability">log p(y|x), the end included</param>
/// <param name="Score">what the search ranked it by</param>
/// <param name="WasCut">whether the source was longer than could be read, and its rest was left out</param>
public sealed record TranslationResult(string Text, int[] SourceIds, int[] TargetIds, double LogProbability, double Score, bool WasCut);

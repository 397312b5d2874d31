using Heed.Data;

namespace Heed.Laboratory;

/// <summary>Attention from a translation to its source: the shapes, the scores and the alignment of <i>conduis prudemment toi → drive safe</i>.</summary>
public sealed class CrossExperiment : Experiment
{
    const int Steps = 300;
    const string Exercise = "conduis prudemment toi";

    static readonly (string French, string English)[] verbs =
        [("conduis", "drive"), ("marche", "walk"), ("parle", "speak"), ("travaille", "work"), ("chante", "sing"), ("danse", "dance"), ("cours", "run"), ("écris", "write")];

    static readonly (string French, string English)[] ways =
        [("prudemment", "safe"), ("lentement", "slow"), ("vite", "fast"), ("doucement", "soft"), ("bien", "well"), ("mieux", "better"), ("moins", "less"), ("plus", "more")];

    static readonly (string French, string English)[] ends = [("", ""), (" toi", ""), (" maintenant", " now"), (" ici", " here"), (" toi aussi", " too")];

    /// <inheritdoc/>
    public override string Name => "cross";

    /// <inheritdoc/>
    public override string Question => "Which source word does each word of a translation look at, and in what shapes?";

    /// <inheritdoc/>
    public override bool LooksIntoModels => true;

    // All but the exercise itself, so that its translation is no memory.
    static IReadOnlyList<SentencePair> Pairs =>
    [
        .. from verb in verbs
           from way in ways
           from end in ends
           let french = $"{verb.French} {way.French}{end.French}"
           where french != Exercise
           select new SentencePair(french, $"{verb.English} {way.English}{end.English}"),
    ];

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        using var small = SmallTranslator.Of(conditions, Pairs, Steps);
        var read = small.Read(conditions.Text ?? Exercise);
        var cross = read.Maps.Where(map => map.Kind == "cross").ToList();
        int targets = read.Target.Length, sources = read.Source.Length, heads = cross.Count(map => map.Layer == 0), layers = cross.Select(map => map.Layer).Distinct().Count();
        var links = read.Alignment.Links();
        return new("Cross-attention", Question,
            $"'{read.Sentence}' becomes '{read.Translation}'. {targets} queries look at {sources} keys, so every head of every layer has a matrix of {targets} × {sources} weights, whatever the two lengths. Averaged over "
            + $"{heads} heads and {layers} layers, {string.Join(", ", links.Select(link => $"'{read.Alignment.Target[link.Target]}' looks most at '{read.Alignment.Source[link.Source]}' ({DoubleMatrix.Fixed(100 * read.Alignment.Weights[link.Target, link.Source], 0)} %)"))}.",
            [
                new("The shapes", small.IsLoaded ? "" : $"A model of two layers, trained here on {Pairs.Count} imperatives; the sentence above is not among them.",
                    [new TableExhibit("One head", ["what", "rows", "columns", "made from"],
                    [
                        ["Q", $"{targets} target words", "k", "the decoder's rows · W_Q"], ["K", $"{sources} source words", "k", "the encoder's rows · W_K"], ["V", $"{sources} source words", "k", "the encoder's rows · W_V"],
                        ["QKᵀ/√k", $"{targets}", $"{sources}", "scores"], ["softmax", $"{targets}", $"{sources}", "each row adds up to 1"], ["output", $"{targets}", "k", "weights · V"],
                    ])]) { Equation = "CrossAttention(y, x) = softmax((yW_Q)(xW_K)ᵀ/√k)(xW_V). Vaswani et al. 2017, §3.2.3" },
                new("Alignment", "All heads and layers together, by words; a hint at an alignment, not a proof.",
                    [new HeatMapExhibit("Target words look at source words", [.. read.Alignment.Target], [.. read.Alignment.Source], DoubleMatrix.Of(read.Alignment.Target.Count, read.Alignment.Source.Count, (i, j) => read.Alignment.Weights[i, j]))]),
                new("Head by head", "A row asks what comes after its word: the row ⟨s⟩ chooses the first word.", [.. cross.Select(map => (Exhibit)read.Picture(map, $"layer {map.Layer + 1}, head {map.Head + 1}"))]),
            ]);
    }
}

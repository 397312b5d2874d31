using Heed.Attention;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;

namespace Heed.Laboratory;

/// <summary>From dot-product self-attention to the Transformer, part by part: each line of the table is a configuration, trained on the same strings.</summary>
public sealed class BarriersExperiment : Experiment
{
    const int Shortest = 2, Longest = 10;

    static readonly SayAgain task = new(Shortest, Longest, 400);
    static readonly int[] lengths = [4, 7, 10];

    /// <inheritdoc/>
    public override string Name => "barriers";

    /// <inheritdoc/>
    public override string Question => "What does each part of a Transformer repair, and what breaks without it?";

    /// <inheritdoc/>
    public override bool Trains => true;

    static readonly TransformerConfig whole = new()
    {
        SourceVocabulary = SayAgain.Vocabulary, TargetVocabulary = SayAgain.Vocabulary, Width = 64, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForward = new ReluFeedForward { Width = 128 },
        Order = NormOrder.Pre, Dropout = DropoutRates.None,
    };

    // q = k = v = x with one head, no order, nothing that is not linear, no hidden future.
    static readonly TransformerConfig bare = whole with
    {
        Heads = 1, Attention = new() { Projections = Projections.None, Scaled = false }, Positions = new NoPositions(), FeedForward = new NoFeedForward(), DecoderMask = new FutureView(),
        Order = NormOrder.NoResidual, Norm = new NoNorm(),
    };

    static IEnumerable<(string Step, TransformerConfig Config)> Ladder()
    {
        var c = bare;
        yield return ("q = k = v = x", c);
        yield return ("+ positions", c = c with { Positions = whole.Positions });
        yield return ("+ feed-forward", c = c with { FeedForward = whole.FeedForward });
        yield return ("+ future masking", c = c with { DecoderMask = whole.DecoderMask });
        yield return ("+ key, query and value projections", c = c with { Attention = new() { Projections = Projections.Inputs, Scaled = false } });
        yield return ("+ several heads and their output", c = c with { Heads = whole.Heads, Attention = new() { Scaled = false } });
        yield return ("+ scores over √k", c = c with { Attention = new() });
        yield return ("+ residual connections", c = c with { Order = NormOrder.Pre });
        yield return ("+ layer norm: the Transformer", c with { Norm = whole.Norm });
    }

    static IEnumerable<(string Missing, TransformerConfig Config)> Missing() =>
    [
        ("nothing", whole),
        ("positions", whole with { Positions = new NoPositions() }),
        ("feed-forward", whole with { FeedForward = new NoFeedForward() }),
        ("future masking", whole with { DecoderMask = new FutureView() }),
        ("projections", whole with { Heads = 1, Attention = new() { Projections = Projections.None, Scaled = true } }),
        ("several heads", whole with { Heads = 1 }),
        ("scores over √k", whole with { Attention = new() { Scaled = false } }),
        ("residual connections", whole with { Order = NormOrder.NoResidual }),
        ("layer norm", whole with { Norm = new NoNorm() }),
    ];

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        List<(string Name, TransformerConfig Config)> all = [.. Ladder(), .. Missing()];
        var found = all.Select((each, i) => Row(each.Name, task.Measure(conditions, each.Config, lengths, share => conditions.Progress?.Invoke((i + share) / all.Count)))).ToList();
        var steps = Ladder().Count();
        return new("Barriers and solutions", Question,
            $"Bare self-attention puts {found[0][2]} of the letters of a string of {lengths[0]} where they belong, the Transformer {found[steps - 1][2]}, and {found[steps - 1][4]} of one of {lengths[^1]}. A loss that is near zero while nothing is right is the missing mask: in training the "
            + "decoder reads what it is asked for, and when it has to speak nobody tells it.",
            [
                new("Built up", $"Strings of {Shortest} to {Longest} letters are to be said again. Each line adds one part to the line above and is trained for {task.Steps} steps from the same seed.",
                    [new TableExhibit("One part after another", Heads("part"), [.. found.Take(steps)])]),
                new("What breaks without it", "The whole Transformer with one part left out.", [new TableExhibit("One part missing", Heads("missing"), [.. found.Skip(steps)])]),
            ]);
    }

    static List<string> Heads(string first) => [first, "training loss", .. lengths.Select(length => $"right at {length}")];

    static IReadOnlyList<string> Row(string name, (double[] Right, double Loss) found)
        => [name, double.IsFinite(found.Loss) ? DoubleMatrix.Fixed(found.Loss, 2) : "overflow", .. found.Right.Select(share => DoubleMatrix.Fixed(100 * share, 0) + " %")];
}

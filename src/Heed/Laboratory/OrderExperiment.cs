using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Laboratory;

/// <summary>Encoder(πx) = π Encoder(x) for every permutation π of the rows, unless something tells positions.</summary>
public sealed class OrderExperiment : Experiment
{
    const int Words = 12, Length = 9, Width = 64;

    /// <inheritdoc/>
    public override string Name => "order";

    /// <inheritdoc/>
    public override string Question => "Does self-attention know the order of its words?";

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var random = new CounterRandom(conditions.Seed, 2);
        var ids = new int[Length];
        for (var i = 0; i < Length; i++) ids[i] = random.Below(Words);
        var order = Enumerable.Range(0, Length).ToArray();
        random.Shuffle(order.AsSpan());
        var found = Kinds.Select(kind => (kind.Name, Change: Change(conditions, kind.Positions, ids, order))).ToList();
        var none = found[0].Change;
        return new("Order", Question,
            $"No: shuffling the words of a sentence shuffles the encoder's output rows and changes nothing else; the {DoubleMatrix.Short(none.Greatest)} by which they differ is the rounding of sums taken in another order. "
            + $"Positions break the symmetry: with {found[1].Name} a row moves by {DoubleMatrix.Fixed(100 * found[1].Change.Mean, 0)} % of its length on average.",
            [
                new("Shuffled words, shuffled rows", $"An encoder of two layers with random weights reads {Length} words, then the same words in the order {string.Join(" ", order)}. "
                    + "Each output row is compared with that of the same word before.",
                    [new TableExhibit("How far a word's row moves when the sentence is shuffled", ["positions", "mean ‖Δ‖ / ‖row‖", "greatest |Δ|"],
                        [.. found.Select(each => (IReadOnlyList<string>)[each.Name, DoubleMatrix.Fixed(each.Change.Mean, 4), DoubleMatrix.Short(each.Change.Greatest)])])])
                    { Equation = "Attention(πQ, πK, πV) = π Attention(Q, K, V)" },
            ]);
    }

    static IEnumerable<(string Name, PositionKind Positions)> Kinds =>
    [
        ("none", new NoPositions()), ("sinusoidal", new SinusoidalPositions()), ("learned", new LearnedPositions { Maximum = Length }),
        ("rotary", new RotaryPositions()), ("alibi", new AlibiPositions()), ("t5", new T5Positions()), ("shaw", new ShawPositions()),
    ];

    static (double Mean, double Greatest) Change(Conditions conditions, PositionKind positions, int[] ids, int[] order)
    {
        using var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, new TransformerConfig
        {
            SourceVocabulary = Words, TargetVocabulary = Words, Width = Width, Heads = 4, EncoderLayers = 2, DecoderLayers = 1,
            FeedForward = new ReluFeedForward { Width = 2 * Width }, Positions = positions, Order = NormOrder.Pre,
        });
        parameters.Initialise(conditions.Seed);
        using var workspace = new Workspace(conditions.Backend);
        float[] straight = Encode(ids), shuffled = Encode([.. order.Select(from => ids[from])]);
        double mean = 0, greatest = 0;
        for (var row = 0; row < Length; row++)
        {
            double moved = 0, size = 0;
            for (var c = 0; c < Width; c++)
            {
                double before = straight[order[row] * Width + c], change = shuffled[row * Width + c] - before;
                (moved, size, greatest) = (moved + change * change, size + before * before, Math.Max(greatest, Math.Abs(change)));
            }
            mean += Math.Sqrt(moved / size) / Length;
        }
        return (mean, greatest);

        float[] Encode(int[] sentence)
        {
            using var pass = Pass.Infer(workspace);
            return model.Encode(pass, Tokens.Of([sentence])).Values.ToArray();
        }
    }
}

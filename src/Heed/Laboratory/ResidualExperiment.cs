using Heed.Attention;
using Heed.Data;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Laboratory;

/// <summary>What a sublayer is added to: the gradient by depth with and without residual and norm, and the surface of the loss around two trained models.</summary>
public sealed class ResidualExperiment : Experiment
{
    const int Depth = 16, Rows = 24, Width = 64, Steps = 250, Grid = 21, Begin = 0, End = 1, Words = 24, Pairs = 1500, Sentence = 8;
    const double Reach = 1.0;

    static readonly (string Name, NormOrder Order, Norm Norm)[] kinds =
    [
        ("pre", NormOrder.Pre, new LayerNorm()), ("post", NormOrder.Post, new LayerNorm()), ("residual, no norm", NormOrder.Pre, new NoNorm()),
        ("norm, no residual", NormOrder.NoResidual, new LayerNorm()), ("neither", NormOrder.NoResidual, new NoNorm()),
    ];

    /// <inheritdoc/>
    public override string Name => "residual";

    /// <inheritdoc/>
    public override string Question => "What do the residual connection and the norm do to gradients and to the loss?";

    /// <inheritdoc/>
    public override bool Trains => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var gradients = kinds.Select(kind => (kind.Name, Slopes: Slopes(conditions, kind.Order, kind.Norm))).ToList();
        var (with, without) = (Surface.Of(conditions, NormOrder.Pre, 0), Surface.Of(conditions, NormOrder.NoResidual, 0.5));
        double Fall(int i) => gradients[i].Slopes[0] / gradients[i].Slopes[^1];
        return new("Residual and norm", Question,
            $"Through {Depth} blocks with first weights, the gradient at the bottom is {DoubleMatrix.Short(Fall(0))} of that at the top with residuals and norms inside them, {DoubleMatrix.Short(Fall(3))} with norms alone and {DoubleMatrix.Short(Fall(4))} with neither. "
            + $"Trained alike for {Steps} steps, a model with residuals reaches a loss of {DoubleMatrix.Fixed(with.Centre, 2)}, the one without {DoubleMatrix.Fixed(without.Centre, 2)}; at the edge of the picture, where every weight has moved by as much as it is, they stand at {DoubleMatrix.Fixed(with.Edge, 1)} and {DoubleMatrix.Fixed(without.Edge, 1)}.",
            [
                new("The gradient by depth", $"An encoder of {Depth} blocks reads {Rows} random rows; the gradient by the rows that enter each block, 1 the lowest.",
                    [new CurvesExhibit("‖∂L/∂x‖", "block", "gradient", [.. gradients.Select(each => new Curve(each.Name, [.. Enumerable.Range(1, Depth + 1).Select(l => (double)l)], each.Slopes))]) { LogY = true }])
                    { Equation = "x + f(norm(x)): ∂L/∂x has a part that no f multiplies. He et al. 2016; Xiong et al. 2020" },
                new("The surface of the loss", "The loss of the same sentences when the weights move along two random directions, each as long as the weights it moves, filter by filter; the trained model is in the middle.",
                [
                    with.Picture("with residual (pre)"), without.Picture("without residual"),
                    new CurvesExhibit("Along the first direction", "distance α", "loss", [new("with residual", Surface.Places, with.Cut), new("without residual", Surface.Places, without.Cut)]),
                ]) { Equation = "f(α, β) = L(θ + α·δ + β·η), δᵢ scaled to ‖θᵢ‖. Li et al. 2018, §4" },
            ]);
    }

    static double[] Slopes(Conditions conditions, NormOrder order, Norm norm)
    {
        conditions.Cancellation.ThrowIfCancellationRequested();
        using var parameters = new ParameterSet();
        var blocks = Enumerable.Range(0, Depth).Select(i => new EncoderBlock(parameters.Root / i, new BlockConfig
        {
            Width = Width, Heads = 4, FeedForward = new ReluFeedForward { Width = 2 * Width }, Norm = norm, Order = order, Dropout = DropoutRates.None,
        })).ToArray();
        parameters.Initialise(conditions.Seed);
        using var workspace = new Workspace(conditions.Backend);
        using var pass = Pass.Differentiate(workspace);
        var random = new CounterRandom(conditions.Seed, 7);
        var rows = new Tensors.Rows(pass.From(Lesson.Normal(ref random, Rows * Width), [Rows, Width]), Segments.One(Rows));
        List<Tensor> entered = [rows.Values];
        foreach (var block in blocks) entered.Add((rows = block.Forward(rows, Mask.Full, KeyValues.None)).Values);
        var adjoints = pass.Backward([(rows.Values, Lesson.Normal(ref random, Rows * Width))], gradients: null, [.. entered]);
        return [.. entered.Select(x => { var slope = adjoints.Of(x); return Math.Sqrt(Enumerable.Range(0, Rows * Width).Sum(i => (double)slope[i] * slope[i])); })];
    }

    /// <summary>The loss around a model that was trained.</summary>
    sealed record Surface(double[,] Losses)
    {
        public static double[] Places { get; } = [.. Enumerable.Range(0, Grid).Select(i => Reach * (2.0 * i / (Grid - 1) - 1))];

        public double Centre => Losses[Grid / 2, Grid / 2];

        public double Edge => Enumerable.Range(0, Grid).Average(i => (Losses[0, i] + Losses[Grid - 1, i] + Losses[i, 0] + Losses[i, Grid - 1]) / 4);

        public double[] Cut => [.. Enumerable.Range(0, Grid).Select(i => Losses[i, Grid / 2])];

        public HeatMapExhibit Picture(string name)
        {
            string[] names = [.. Places.Select(place => DoubleMatrix.Fixed(place, 1))];
            return new($"{name}: loss from {DoubleMatrix.Fixed(Losses.Cast<double>().Min(), 2)} to {DoubleMatrix.Fixed(Losses.Cast<double>().Max(), 1)}", names, names, Losses);
        }

        public static Surface Of(Conditions conditions, NormOrder order, double progress)
        {
            using var parameters = new ParameterSet();
            var model = new TransformerConfig
            {
                SourceVocabulary = Words, TargetVocabulary = Words, Width = 32, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForward = new ReluFeedForward { Width = 64 }, Order = order,
                Dropout = DropoutRates.None,
            }.Build(parameters.Root);
            parameters.Initialise(conditions.Seed);
            var batches = new Batches(Corpus(conditions.Seed), new BatchOptions { Tokens = 512, Seed = conditions.Seed }, Begin, End);
            var options = new TrainingOptions { Steps = Steps, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 3e-3, Warmup = 30 } };
            Lesson.Train(conditions, model, parameters, options, batches, share => conditions.Progress?.Invoke(progress + 0.4 * share));
            return new(Around(conditions, model, parameters, batches.InOrder().First()));
        }

        // Sentences to be said backwards.
        static PairCorpus Corpus(ulong seed)
        {
            var random = new CounterRandom(seed, 8);
            var corpus = new PairCorpus();
            for (var i = 0; i < Pairs; i++)
            {
                var words = new int[Sentence];
                for (var t = 0; t < Sentence; t++) words[t] = End + 1 + random.Below(Words - End - 1);
                corpus.Add(words, [.. words.Reverse()]);
            }
            return corpus;
        }

        static double[,] Around(Conditions conditions, ISequenceToSequence model, ParameterSet parameters, PairBatch batch)
        {
            float[][] trained = [.. parameters.Parameters.Select(parameter => parameter.Value.Span.ToArray())];
            var random = new CounterRandom(conditions.Seed, 9);
            float[][] first = Direction(parameters, ref random), second = Direction(parameters, ref random);
            using var workspace = new Workspace(conditions.Backend);
            var losses = new double[Grid, Grid];
            for (var i = 0; i < Grid; i++)
            {
                conditions.Cancellation.ThrowIfCancellationRequested();
                for (var j = 0; j < Grid; j++)
                {
                    Move((float)Places[i], (float)Places[j]);
                    using var pass = Pass.Infer(workspace);
                    losses[i, j] = -model.Loss(pass, batch, new LossOptions()).LogProbabilitySum / batch.TargetTokens;
                }
            }
            return losses;

            void Move(float a, float b)
            {
                for (var p = 0; p < trained.Length; p++)
                    for (var w = 0; w < trained[p].Length; w++) parameters.Parameters[p].Value[w] = trained[p][w] + a * first[p][w] + b * second[p][w];
            }
        }

        // A filter is a row of a matrix: what makes one unit. Biases and gains do not move.
        static float[][] Direction(ParameterSet parameters, ref CounterRandom random)
        {
            var directions = new float[parameters.Parameters.Count][];
            for (var p = 0; p < directions.Length; p++)
            {
                var parameter = parameters.Parameters[p];
                directions[p] = new float[parameter.Shape.Count];
                if (parameter.Shape.Rank != 2) continue;
                var columns = (int)parameter.Shape.Columns;
                for (var row = 0; row < parameter.Shape.Rows; row++)
                {
                    var direction = directions[p].AsSpan(row * columns, columns);
                    Lesson.Normal(ref random, columns).CopyTo(direction);
                    var scale = Length(parameter.Value.Span.Slice(row * columns, columns)) / Length(direction);
                    foreach (ref var step in direction) step *= scale;
                }
            }
            return directions;
        }

        static float Length(ReadOnlySpan<float> row)
        {
            var sum = 0.0;
            foreach (var value in row) sum += (double)value * value;
            return (float)Math.Sqrt(sum);
        }
    }
}

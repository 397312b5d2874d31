using Heed.Attention;
using Heed.Convolution;
using Heed.Kernels;
using Heed.Layers;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Laboratory;

/// <summary>‖∂yₙ/∂xₙ₋ₖ‖ against k: how far back a word is heard, and through how many steps, in recurrent layers, windows and self-attention.</summary>
public sealed class DistanceExperiment : Experiment
{
    const int Length = 129, Width = 64, Window = 5, WindowLayers = 8;

    static readonly int[] distances = [0, 1, 2, 4, 8, 16, 32, 64, 128];

    /// <inheritdoc/>
    public override string Name => "distance";

    /// <inheritdoc/>
    public override string Question => "How far back does the last word hear, and through how many steps, in an LSTM, in windows and in self-attention?";

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var models = Models().Select(model => (model.Name, Heard: Heard(conditions, model.Build))).ToList();
        double[] lstm = models[0].Heard, windows = models[2].Heard, attention = models[3].Heard;
        var reach = Array.FindLastIndex(windows, share => share > 0);
        return new("Distance", Question,
            $"Of the gradient that reaches the word itself, an LSTM lets {DoubleMatrix.Short(lstm[16] / lstm[0])} through 16 steps and {DoubleMatrix.Short(lstm[64] / lstm[0])} through 64. {WindowLayers} layers of windows of {Window} words hear {reach} words back and "
            + $"nothing beyond, exactly. Self-attention hears the farthest word {DoubleMatrix.Short(attention[^1] / attention[1])} times as loud as the nearest other one, and through one step. All with first, random weights; training changes loudness, not the number of steps.",
            [
                new("How loud", "The size of the gradient of the last output row by the input row k words before, all rows drawn at random.",
                    [new CurvesExhibit("‖∂yₙ/∂xₙ₋ₖ‖", "distance k, in words", "gradient", [.. models.Select(model => new Curve(model.Name, [.. Enumerable.Range(0, Length).Select(k => (double)k)], model.Heard))]) { LogY = true }]),
                new("Through how many steps", "What must be computed one after another before a word k places back can be heard: sequential steps grow as k, k/w and 1.",
                    [new TableExhibit("Sequential steps to distance k", ["k", .. models.Select(model => model.Name), "LSTM, steps", $"windows of {Window}, layers", "self-attention, layers"],
                        [.. distances.Select(k => (IReadOnlyList<string>)[$"{k}", .. models.Select(model => DoubleMatrix.Short(model.Heard[k])), $"{k}", $"{(k + Back - 1) / Back}", "1"])])])
                    { Equation = "O(n), O(n/w), O(1): Vaswani et al. 2017, Table 1, maximum path length" },
            ]);
    }

    // Half a window stands before the word.
    const int Back = Window / 2;

    static IEnumerable<(string Name, Func<Scope, Func<Rows, Tensor>> Build)> Models() =>
    [
        ("LSTM", p => { var layers = new RecurrentLayers(p, new() { Cell = new LstmCell(), Width = Width }, Width); return x => layers.Forward(x).Output.Values; }),
        ("GRU", p => { var layers = new RecurrentLayers(p, new() { Cell = new GruCell(), Width = Width }, Width); return x => layers.Forward(x).Output.Values; }),
        ($"{WindowLayers} layers of windows", p =>
        {
            var layers = Enumerable.Range(0, WindowLayers).Select(i => new WindowLayer(p / i, new() { Width = Width, Window = Window, Gated = false })).ToArray();
            return x => layers.Aggregate(x, (rows, layer) => layer.Forward(rows)).Values;
        }),
        ("self-attention", p => { var layer = new MultiHeadAttention(p, new() { Width = Width, Heads = 4 }); return x => layer.Forward(x, x, Mask.Full, KeyValues.None); }),
    ];

    static double[] Heard(Conditions conditions, Func<Scope, Func<Rows, Tensor>> build)
    {
        conditions.Cancellation.ThrowIfCancellationRequested();
        using var parameters = new ParameterSet();
        var forward = build(parameters.Root);
        parameters.Initialise(conditions.Seed);
        using var workspace = new Workspace(conditions.Backend);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From(Normal(conditions.Seed, 4, Length * Width), [Length, Width]);
        var y = forward(new Rows(x, Segments.One(Length)));
        var ask = new float[Length * Width];
        Normal(conditions.Seed, 5, Width).CopyTo(ask.AsSpan(^Width..));
        var slope = pass.Backward([(y, ask)], gradients: null, x).Of(x);
        return [.. Enumerable.Range(0, Length).Select(k => Math.Sqrt(Enumerable.Range(0, Width).Sum(c => (double)slope[(Length - 1 - k) * Width + c] * slope[(Length - 1 - k) * Width + c])))];
    }

    static float[] Normal(ulong seed, ulong stream, int count)
    {
        var random = new CounterRandom(seed, stream);
        return Lesson.Normal(ref random, count);
    }
}

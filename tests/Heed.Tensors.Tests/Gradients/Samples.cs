namespace Heed.Tensors.Tests;

/// <summary>Every operation of the tape. One without a row here fails the tests.</summary>
static class Samples
{
    static readonly float[] Fixed = [.. Enumerable.Range(0, 20).Select(i => 0.1f * i - 1)];

    public static IReadOnlyList<Sample> All { get; } = [.. Plain, .. FunctionSamples.All, .. AttentionSamples.All, .. RecurrentSamples.All];

    public static Sample Called(string name) => All.Single(sample => sample.Name == name);

    // Cosines and signed sines of two places, four columns of which turn, each with the one so far from it.
    static float[] Turns(int partner) =>
    [
        .. from place in Enumerable.Range(0, 2)
           from sine in (bool[])[false, true]
           from column in Enumerable.Range(0, 4)
           let second = column / partner % 2 == 1
           let angle = (1 + place) * 0.7f * (1 + column - (second ? partner : 0))
           select !sine ? MathF.Cos(angle) : second ? MathF.Sin(angle) : -MathF.Sin(angle),
    ];

    static IEnumerable<Sample> Plain =>
    [
        new("Add", i => Ops.Add(i.X[0], i.X[1]), [[3, 5], [3, 5]]),
        new("Add a tensor to itself", i => Ops.Add(i.X[0], i.X[0]), [[1, 17]]),
        new("Residual", i => Ops.Residual(i.X[0], i.X[1], 0.4f), [[3, 7], [3, 7]]),
        new("Residual of a tensor with itself", i => Ops.Residual(i.X[0], i.X[0], 0.4f), [[3, 7]]),
        new("AddTable", i => Ops.AddTable(i.X[0], i.Pass.From(Fixed, [4, 5]), [3, 0, 3]), [[3, 5]]),
        new("Rotate neighbours", i => Ops.Rotate(i.X[0], new(5, 4, 1), i.Pass.From(Turns(1), [2, 8]), (int[])[4, 3, 4], 3), [[3, 10]]),
        new("Rotate halves", i => Ops.Rotate(i.X[0], new(4, 4, 2), i.Pass.From(Turns(2), [2, 8]), (int[])[0, 1], 0), [[2, 4]]),
        new("Dropout", i => Ops.Dropout(i.X[0], 0.4f), [[5, 7]]),
        new("Scale", i => Ops.Scale(i.X[0], -1.7f), [[2, 3, 5]]),
        new("Embed", i => Ops.Embed(i.Pass, i.P[0], (int[])[4, 0, 4, 2], 1.7f), [], [5, 3]),
        new("Embed one", i => Ops.Embed(i.Pass, i.P[0], (int[])[1]), [], [2, 17]),
        new("Linear", i => Ops.Linear(i.X[0], i.P[0]), [[3, 5]], [7, 5]),
        new("Linear with bias", i => Ops.Linear(i.X[0], i.P[0], i.P[1]), [[1, 17]], [3, 17], [3]),
        new("Linear with one weight twice", i => Ops.Linear(Ops.Linear(i.X[0], i.P[0]), i.P[0]), [[3, 4]], [4, 4]) { Reach = 0.5f },
        new("LayerNorm", i => Ops.LayerNorm(i.X[0], i.P[0], i.P[1], 1e-5f), [[3, 17]], [17], [17]),
        new("LayerNorm without bias", i => Ops.LayerNorm(i.X[0], i.P[0], null, 1e-2f), [[1, 3]], [3]),
        new("LayerNorm without gain", i => Ops.LayerNorm(i.X[0], null, i.P[0], 1e-5f), [[2, 5]], [5]),
        new("LayerNorm without parameters", i => Ops.LayerNorm(i.X[0], null, null, 1e-5f), [[2, 5]]),
        new("LayerNorm of many rows", i => Ops.LayerNorm(i.X[0], i.P[0], i.P[1], 1e-2f), [[130, 2]], [2], [2]),
        new("RmsNorm", i => Ops.RmsNorm(i.X[0], i.P[0], 1e-5f), [[3, 17]], [17]),
        new("RmsNorm without gain", i => Ops.RmsNorm(i.X[0], null, 1e-2f), [[1, 3]]),
        new("CrossEntropy", i => Ops.CrossEntropy(i.X[0], [0, -1, 16, 3], new()).Loss, [[4, 17]]),
        new("CrossEntropy smoothed", i => Ops.CrossEntropy(i.X[0], [1, -1], new() { LabelSmoothing = 0.3f, Weight = 0.5f }).Loss, [[2, 3]]),
        new("ProjectedCrossEntropy", i => Ops.ProjectedCrossEntropy(i.X[0], i.P[0], [0, -1, 6], new()).Loss, [[3, 5]], [7, 5]),
        new("ProjectedCrossEntropy smoothed",
            i => Ops.ProjectedCrossEntropy(i.X[0], i.P[0], [2], new() { LabelSmoothing = 0.1f, Weight = 0.5f }).Loss, [[1, 3]], [17, 3]),
    ];
}

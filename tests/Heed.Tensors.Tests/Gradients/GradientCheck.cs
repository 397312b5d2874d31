namespace Heed.Tensors.Tests;

/// <summary>Holds the gradients of a sample against differences of its loss, L = Σ up ⊙ y, added up in double.</summary>
/// <remarks>
/// The sample runs twice in one pass, with different adjoints, so that every adjoint and every gradient is added to one that
/// is there. Both runs are drawn anew from the same seed each time, so dropout drops the same elements.
/// </remarks>
sealed class GradientCheck : IDisposable
{
    const ulong Seed = 7;

    // Values are multiples of 2⁻²⁰ and steps powers of two, so the steps taken are exact.
    const double Step = 1.0 / 32;
    const double Tolerance = 5e-4;

    readonly Sample sample;
    readonly Workspace workspace;
    readonly ParameterSet set = new();
    readonly Parameter[] tables;
    readonly float[][] values;
    readonly float[][] upstream;
    readonly Random random = new(1);

    public GradientCheck(Sample sample, Backend backend)
    {
        this.sample = sample;
        workspace = new Workspace(backend);
        tables = [.. sample.Tables.Select((shape, i) => set.Root.Parameter($"table{i}", shape, Init.Zero))];
        set.Initialise(Seed);
        var operands = sample.Operands.Select(shape => Draw(shape.Count, 1));
        values = [.. operands, .. sample.Tables.Select(shape => Draw(shape.Count, shape.Rank == 2 ? sample.Reach : 1))];
        using var pass = Begin(out _, out var results);
        upstream = [.. results.Select(result => Draw(result.Shape.Count, 1))];
    }

    /// <summary>Compares dL/dx for every element x of every operand and every table.</summary>
    public void Run()
    {
        var gradients = Gradients();
        for (var which = 0; which < values.Length; which++)
            for (var i = 0; i < values[which].Length; i++)
            {
                double wide = Slope(ref values[which][i], Step), narrow = Slope(ref values[which][i], Step / 2);
                var expected = (4 * narrow - wide) / 3;
                var error = Math.Abs(gradients[which][i] - expected);
                if (!(error <= Tolerance * Math.Max(1, Math.Abs(expected))))
                    Assert.Fail($"{sample.Name}: {Name(which)}[{i}] has the gradient {gradients[which][i]},"
                        + $" but differences say {wide} and {narrow}: {expected}."
                        + " Where those two disagree, the sample stands too close to a kink.");
            }
    }

    /// <summary>The operations that the sample puts on the tape.</summary>
    public Type[] Recorded()
    {
        using var pass = Begin(out _, out _);
        return [.. pass.Tape.Select(op => op.GetType())];
    }

    float[][] Gradients()
    {
        using var pass = Begin(out var operands, out var results);
        using var gradients = new Gradients(set);
        var adjoints = pass.Backward([.. results.Zip(upstream)], gradients, operands);
        return [.. operands.Select(x => adjoints.Of(x).Span.ToArray()), .. tables.Select(table => gradients.Of(table).Span.ToArray())];
    }

    double Slope(ref float value, double step)
    {
        var middle = value;
        value = (float)(middle + step);
        var above = Loss();
        value = (float)(middle - step);
        var below = Loss();
        value = middle;
        return (above - below) / (2 * step);
    }

    double Loss()
    {
        using var pass = Begin(out _, out var results);
        return results.Zip(upstream, (y, up) => y.ToArray().Zip(up, (a, b) => (double)a * b).Sum()).Sum();
    }

    Pass Begin(out Tensor[] operands, out Tensor[] results)
    {
        var pass = Pass.Train(workspace, Seed);
        for (var i = 0; i < tables.Length; i++) values[sample.Operands.Length + i].CopyTo(tables[i].Value.Span);
        operands = [.. sample.Operands.Select((shape, i) => pass.From(values[i], shape))];
        var inputs = new Inputs(pass, operands, tables);
        results = [sample.Forward(inputs), sample.Forward(inputs)];
        return pass;
    }

    string Name(int which) => which < sample.Operands.Length ? $"operand {which}" : tables[which - sample.Operands.Length].Path;

    /// <summary>Numbers of either sign at least a quarter away from zero, where functions have their kinks.</summary>
    float[] Draw(nint count, float reach) => [.. Enumerable.Range(0, (int)count).Select(_ =>
        reach * MathF.Round((0.25f + 0.75f * random.NextSingle()) * (1 << 20)) / (1 << 20) * (random.Next(2) * 2 - 1))];

    public void Dispose()
    {
        workspace.Dispose();
        set.Dispose();
    }
}

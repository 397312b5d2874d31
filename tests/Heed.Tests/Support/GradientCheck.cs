using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Tests;

/// <summary>
/// dL/dθ against (L(θ+h) − L(θ−h))/2h, taken at h and h/2 and extrapolated to h → 0 (Richardson 1911), L = Σ y ⊙ u summed in
/// double precision for fixed random u. A function with corners, as ReLU has, may disagree where one is within a step:
/// at few places, and only when the caller says so.
/// </summary>
static class GradientCheck
{
    const ulong Seed = 31;

    const double Step = 1.0 / 64, Tolerance = 4e-3;

    /// <param name="parameters">what the layer learns</param>
    /// <param name="inputs">its inputs, each [rows, columns]</param>
    /// <param name="forward">the layer</param>
    /// <param name="corners">whether it has corners</param>
    /// <param name="dropping">whether passes train, all with one seed: what is dropped is then a part of the function</param>
    public static void Run(ParameterSet parameters, (int Rows, int Columns)[] inputs, Func<Pass, Tensor[], Tensor> forward, bool corners = false,
        bool dropping = false)
    {
        var random = new CounterRandom(11, 5);
        var values = Array.ConvertAll(inputs, input => Normal(input.Rows * input.Columns, ref random));
        using var workspace = new Workspace(Cpu.Two);
        float[] up = [];

        double Loss()
        {
            using var pass = dropping ? Pass.Train(workspace, Seed) : Pass.Infer(workspace);
            var y = forward(pass, Inputs(pass)).Data;
            var sum = 0.0;
            for (nint i = 0; i < y.Length; i++) sum += (double)y[i] * up[i];
            return sum;
        }

        Tensor[] Inputs(Pass pass) => [.. inputs.Select((input, i) => pass.From(values[i], [input.Rows, input.Columns]))];

        using var gradients = new Gradients(parameters);
        var inputGradients = new float[inputs.Length][];
        using (var pass = dropping ? Pass.Train(workspace, Seed) : Pass.Differentiate(workspace))
        {
            var tensors = Inputs(pass);
            var y = forward(pass, tensors);
            up = Normal((int)y.Shape.Count, ref random);
            var adjoints = pass.Backward([(y, up)], gradients, tensors);
            for (var i = 0; i < tensors.Length; i++) inputGradients[i] = adjoints.Of(tensors[i]).Span.ToArray();
        }
        var tally = new Tally(corners);
        foreach (var parameter in parameters.Parameters)
        {
            var slope = gradients.Of(parameter).Span.ToArray();
            tally.Check(parameter.Path, parameter.Value.Span, slope, Loss);
        }
        for (var i = 0; i < inputs.Length; i++) tally.Check($"input {i}", values[i], inputGradients[i], Loss);
        tally.Finish();
    }

    static float[] Normal(int count, ref CounterRandom random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = random.NextNormal();
        return values;
    }

    sealed class Tally(bool corners)
    {
        // A table of thousands is probed at so many places, spread evenly.
        const int Probes = 10;

        int probed, missed;
        double largest;

        public void Check(string name, Span<float> values, ReadOnlySpan<float> slopes, Func<double> loss)
        {
            var stride = Math.Max(1, values.Length / Probes);
            for (var i = 0; i < values.Length; i += stride)
            {
                double wide = Difference(values, i, Step, loss), narrow = Difference(values, i, Step / 2, loss);
                var expected = (4 * narrow - wide) / 3;
                probed++;
                largest = Math.Max(largest, Math.Abs(slopes[i]));
                if (Math.Abs(expected - slopes[i]) <= Tolerance * (1 + Math.Abs(expected))) continue;
                if (corners) missed++;
                else Assert.Fail($"{name}: element {i} of {values.Length} has gradient {slopes[i]:R}, but the loss changes by {expected:R}.");
            }
        }

        static double Difference(Span<float> values, int i, double step, Func<double> loss)
        {
            var kept = values[i];
            values[i] = (float)(kept + step);
            double above = values[i], up = loss();
            values[i] = (float)(kept - step);
            double below = values[i], down = loss();
            values[i] = kept;
            return (up - down) / (above - below);
        }

        public void Finish()
        {
            Assert.True(missed * 8 <= probed, $"{missed} of {probed} places disagree: more than corners explain.");
            Assert.True(largest > 1e-2, "Every gradient is zero: the check saw nothing.");
        }
    }
}

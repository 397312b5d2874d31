namespace Heed.Kernels;

/// <summary>A recurrence as its equations stand, one sequence after another, one unit after another, in double: what <see cref="Recurrent"/> is held against.</summary>
public static class RecurrentReference
{
    /// <inheritdoc cref="Recurrent.Forward"/>
    /// <param name="problem">The sequences and their first states.</param>
    /// <param name="weight">[gates·h, h] U.</param>
    /// <param name="bias">[gates·h] b, or empty.</param>
    /// <param name="gates">[n, kept·h] what the input says in the first gates·h columns; then what the backward needs.</param>
    /// <param name="states">[n, states·h] receives the states.</param>
    public static void Forward<TCell>(in RecurrentProblem problem, MatrixView weight, Floats bias, Floats gates, Floats states) where TCell : struct, IRecurrence
    {
        nint h = problem.Width;
        double[] own = new double[TCell.Kept], products = new double[TCell.Gates], state = new double[TCell.States];
        foreach (var lane in problem.Lanes)
            for (var t = 0; t < lane.Length; t++)
            {
                var row = lane.First + t * (nint)lane.Step;
                for (nint unit = 0; unit < h; unit++)
                {
                    for (var gate = 0; gate < TCell.Gates; gate++)
                    {
                        products[gate] = bias.IsEmpty ? 0 : bias[gate * h + unit];
                        for (nint k = 0; k < h; k++) products[gate] += (double)weight[gate * h + unit, k] * Before<TCell>(problem, states, lane, t, k);
                    }
                    Read(gates, row * TCell.Kept * h + unit, h, own);
                    for (var part = 0; part < TCell.States; part++) state[part] = Before<TCell>(problem, states, lane, t, part * h + unit);
                    TCell.Step(own, products, state);
                    Write(own, gates, row * TCell.Kept * h + unit, h);
                    Write(state, states, row * TCell.States * h + unit, h);
                }
            }
    }

    /// <inheritdoc cref="Recurrent.Backward"/>
    /// <param name="problem">The sequences and their first states.</param>
    /// <param name="weight">[gates·h, h] U.</param>
    /// <param name="gates">[n, kept·h] what the forward kept; then the gradients.</param>
    /// <param name="g">The rest of what is read and written.</param>
    public static void Backward<TCell>(in RecurrentProblem problem, MatrixView weight, Floats gates, in RecurrentGradients g) where TCell : struct, IRecurrence
    {
        nint h = problem.Width, width = TCell.States * h;
        double[] own = new double[TCell.Kept], slopes = new double[TCell.States], before = new double[TCell.States], after = new double[TCell.States];
        foreach (var lane in problem.Lanes)
        {
            var carry = new double[width];
            for (var t = lane.Length - 1; t >= 0; t--)
            {
                var row = lane.First + t * (nint)lane.Step;
                for (nint unit = 0; unit < h; unit++)
                {
                    for (var part = 0; part < TCell.States; part++)
                    {
                        before[part] = Before<TCell>(problem, g.States, lane, t, part * h + unit);
                        after[part] = g.States[row * width + part * h + unit];
                        slopes[part] = g.Up[row * width + part * h + unit] + carry[part * h + unit];
                    }
                    Read(gates, row * TCell.Kept * h + unit, h, own);
                    TCell.StepBack(own, before, after, slopes);
                    Write(own, gates, row * TCell.Kept * h + unit, h);
                    for (var part = 0; part < TCell.States; part++) carry[part * h + unit] = slopes[part];
                    g.Previous[row * h + unit] = (float)before[0];
                }
                for (nint k = 0; k < h; k++)
                    for (nint gate = 0; gate < TCell.Gates; gate++)
                        for (nint unit = 0; unit < h; unit++)
                        {
                            var block = gate == TCell.Gates - 1 ? TCell.Kept - 1 : gate;
                            carry[k] += (double)gates[(row * TCell.Kept + block) * h + unit] * weight[gate * h + unit, k];
                        }
            }
            for (nint i = 0; i < width && !g.Initial.IsEmpty; i++) g.Initial[lane.Number * width + i] = (float)carry[i];
        }
    }

    static double Before<TCell>(in RecurrentProblem problem, Floats states, in Lane lane, int t, nint column) where TCell : struct, IRecurrence
    {
        nint width = TCell.States * (nint)problem.Width;
        if (t > 0) return states[(lane.First + (t - 1) * (nint)lane.Step) * width + column];
        return problem.Initial.IsEmpty ? 0 : problem.Initial[lane.Number * width + column];
    }

    static void Read(Floats from, nint start, nint stride, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] = from[start + i * stride];
    }

    static void Write(ReadOnlySpan<double> from, Floats to, nint start, nint stride)
    {
        for (var i = 0; i < from.Length; i++) to[start + i * stride] = (float)from[i];
    }
}

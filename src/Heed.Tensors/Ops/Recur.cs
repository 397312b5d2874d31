using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>sₜ = cell(xₜWᵀ + b, sₜ₋₁Uᵀ + c): a recurrent cell along every sequence, all steps in one operation.</summary>
    /// <remarks>
    /// A result has one row of state for each row of x: h for <see cref="Gru"/>, h and c side by side for <see cref="Lstm"/>; <see cref="Columns"/>
    /// and <see cref="Pick"/> take outputs and last states from it. Sequences of one row, begun with what such a row was, go on step by step with
    /// the same bits.
    /// </remarks>
    /// <param name="x">[n, i] rows of all sequences</param>
    /// <param name="recurrence">the weights and the order of reading</param>
    /// <param name="initial">[s, states·h] a state for each of the s sequences to begin with; zeros when nothing is said</param>
    /// <returns>[n, states·h]</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the passes differ.</exception>
    public static Tensor Recur<TCell>(Rows x, Recurrence recurrence, Tensor? initial = null) where TCell : struct, IRecurrence
    {
        var h = recurrence.State.Shape.Columns;
        Check<TCell>(x, recurrence, initial);
        var pass = initial is { } begins ? PassOf(x.Values, begins) : x.Values.Pass;
        var (n, states) = (x.Segments.Rows, pass.New([x.Segments.Rows, TCell.States * h]));
        var gates = pass.Rent(n * TCell.Kept * h);
        pass.Backend.Linear<Identity>(x.Values.AsMatrix(), recurrence.Input, recurrence.InputBias, new(gates, n, TCell.Gates * h, TCell.Kept * h, 1), default);
        var problem = new RecurrentProblem(x.Segments.Lanes(recurrence.Reversed), (int)h, initial?.Data ?? default);
        pass.Backend.Recur<TCell>(problem, recurrence.State, recurrence.StateBias?.Value ?? default, gates, states.Data);
        if (pass.Recording) pass.Record(new RecurOp<TCell>(x.Values, recurrence, initial, problem, gates, states));
        return pass.Made(states, recurrence.State);
    }

    static void Check<TCell>(Rows x, Recurrence recurrence, Tensor? initial) where TCell : struct, IRecurrence
    {
        var (input, state) = (recurrence.Input, recurrence.State);
        var axes = Expect.Axes("n i", x.Values.Shape, nameof(x)).And("g i", input.Shape, input.Path).And("g h", state.Shape, state.Path);
        if (recurrence.InputBias is { } b) axes = axes.And("g", b.Shape, b.Path);
        if (recurrence.StateBias is { } c) axes = axes.And("g", c.Shape, c.Path);
        var h = state.Shape.Columns;
        if (h < 1 || state.Shape.Rows != TCell.Gates * h)
            throw new ArgumentException($"{state.Path} is {state.Shape}; {typeof(TCell).Name} has {TCell.Gates} gates, so it is [{TCell.Gates}·h, h].", nameof(recurrence));
        Shape begins = [x.Segments.Count, TCell.States * h];
        if (initial is { } given && given.Shape != begins)
            throw new ArgumentException($"initial is {given.Shape}, but {x.Segments.Count} sequences of {typeof(TCell).Name} with h = {h} begin with {begins}.", nameof(initial));
    }
}

/// <summary>What does not change from call to call of one recurrent layer.</summary>
/// <param name="Input">W, [gates·h, i]</param>
/// <param name="State">U, [gates·h, h]</param>
/// <param name="InputBias">b, [gates·h], or nothing</param>
/// <param name="StateBias">c, [gates·h], or nothing</param>
/// <param name="Reversed">whether sequences are read from their last row to their first</param>
public sealed record Recurrence(Parameter Input, Parameter State, Parameter? InputBias = null, Parameter? StateBias = null, bool Reversed = false);

sealed class RecurOp<TCell>(Tensor x, Recurrence recurrence, Tensor? initial, RecurrentProblem problem, Floats gates, Tensor states) : Op(states)
    where TCell : struct, IRecurrence
{
    // With dA the gradient by what the input says and dZ by what the state says:   dx += dA·W   dW += dAᵀ·x   db += Σ dA   dU += dZᵀ·h₋   dc += Σ dZ
    public override void Backward(Adjoints d)
    {
        var run = d.Backend;
        nint n = x.Shape.Rows, h = problem.Width;
        var previous = d.Pass.Rent(n * h);
        var begins = initial is { } given ? d.Pass.Rent(given.Shape.Count) : default;
        // A sequence without a row hands nothing on to its first state.
        begins.Clear();
        run.RecurBack<TCell>(problem, recurrence.State, gates, new(Result.Data, d.Of(Result), previous, begins));
        var all = new MatrixView(gates, n, TCell.Kept * h, TCell.Kept * h, 1);
        var dA = all.ColumnRange(0, TCell.Gates * h);
        run.Product(dA, recurrence.Input.AsMatrix(), x.AsMatrix(d.Into(x, out var accumulate)), accumulate);
        if (d.Into(recurrence.Input) is { } dW) run.Product(dA.Transposed, x.AsMatrix(), recurrence.Input.AsMatrix(dW), accumulate: true);
        if (recurrence.InputBias is { } bias && d.Into(bias) is { } db) run.SumColumns(dA, db);
        // The last gate's dZ stands in the last block, the others' with dA.
        nint others = (TCell.Gates - 1) * h;
        MatrixView dZ = all.ColumnRange(0, others), dLast = all.ColumnRange((TCell.Kept - 1) * h, h), before = MatrixView.Of(previous, n, h);
        if (d.Into(recurrence.State) is { } dU)
        {
            var whole = recurrence.State.AsMatrix(dU);
            run.Product(dZ.Transposed, before, whole.RowRange(0, others), accumulate: true);
            run.Product(dLast.Transposed, before, whole.RowRange(others, h), accumulate: true);
        }
        if (recurrence.StateBias is { } c && d.Into(c) is { } dc)
        {
            run.SumColumns(dZ, dc.Slice(0, others));
            run.SumColumns(dLast, dc.Slice(others, h));
        }
        if (initial is not { } first) return;
        var dFirst = d.Into(first, out var add);
        run.Scale(begins, 1, dFirst, add);
    }
}

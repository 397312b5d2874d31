using Heed.Kernels;

namespace Heed.Tensors.Tests;

public abstract partial class FusedContract
{
    [Fact, Covers(nameof(Tensors.Backend.AttendAdditive))]
    public void AttendAdditive_is_its_reference() => ForEachAdditive((numbers, inputs) => Agrees(1e-5, run =>
    {
        var weights = numbers.Copy(numbers.Draw(inputs.Queries.Rows * inputs.LongestKeys));
        weights.Clear();
        var y = numbers.Room(inputs.Queries.Rows * inputs.Values.Columns);
        run.AttendAdditive(inputs, weights, MatrixView.Of(y, inputs.Queries.Rows, inputs.Values.Columns));
        return [.. weights.Span, .. y.Span];
    }));

    [Fact, Covers(nameof(Tensors.Backend.AttendAdditiveBack))]
    public void AttendAdditiveBack_is_its_reference() => ForEachAdditive((numbers, inputs) =>
    {
        Floats weights = numbers.Draw(inputs.Queries.Rows * inputs.LongestKeys);
        MatrixView dy = numbers.Draw(inputs.Queries.Rows, inputs.Values.Columns), y = numbers.Draw(dy.Rows, dy.Columns);
        MatrixView q = numbers.Draw(inputs.Queries.Rows, inputs.Queries.Columns), k = numbers.Draw(inputs.Keys.Rows, inputs.Keys.Columns);
        MatrixView w = numbers.Draw(inputs.Values.Rows, inputs.Values.Columns);
        Truth.AttendAdditive(inputs, weights, y);
        Agrees(1e-4, run =>
        {
            MatrixView Old(MatrixView x) => MatrixView.Of(numbers.Copy(x.Data), x.Rows, x.Columns);
            var (dq, dk, dw, parts) = (Old(q), Old(k), Old(w), numbers.Room(inputs.Pairs.Length * inputs.Vector.Length));
            run.AttendAdditiveBack(inputs, weights, new(dy, dq, dk, dw, parts));
            return [.. dq.Data.Span, .. dk.Data.Span, .. dw.Data.Span, .. parts.Span];
        });
    });

    // A sequence that asks nothing, one that nobody answers, one of many keys.
    static void ForEachAdditive(Action<Numbers, AdditiveInputs> test)
    {
        var pairs = new Segments([3, 0, 1, 7, 2]).Against(new Segments([3, 4, 1, 40, 0]));
        foreach (var (units, width) in ((int, int)[])[(1, 1), (16, 33), (37, 5)])
        {
            using var numbers = new Numbers(1);
            test(numbers, new(numbers.Draw(13, units), numbers.Draw(48, units), numbers.Draw(units), numbers.Draw(48, width), pairs));
            numbers.AssertGuardsAreWhole();
        }
    }
}

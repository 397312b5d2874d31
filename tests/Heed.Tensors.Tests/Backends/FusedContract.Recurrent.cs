using Heed.Kernels;

namespace Heed.Tensors.Tests;

public abstract partial class FusedContract
{
    [Fact, Covers(nameof(Tensors.Backend.Recur))]
    public void Recur_is_its_reference_packed_and_not()
    {
        ForEachRecurrence<Lstm>((numbers, problem, weight, gates, bias) => Recur<Lstm>(numbers, problem, weight, gates, bias));
        ForEachRecurrence<Gru>((numbers, problem, weight, gates, bias) => Recur<Gru>(numbers, problem, weight, gates, bias));
    }

    void Recur<TCell>(Numbers numbers, RecurrentProblem problem, Parameter weight, Floats gates, Floats bias) where TCell : struct, IRecurrence
        => Agrees(1e-5, run =>
        {
            Floats kept = numbers.Copy(gates), states = numbers.Room(gates.Length / TCell.Kept * TCell.States);
            run.Recur<TCell>(problem, weight, bias, kept, states);
            return [.. kept.Span, .. states.Span];
        });

    [Fact, Covers(nameof(Tensors.Backend.RecurBack))]
    public void RecurBack_is_its_reference()
    {
        ForEachRecurrence<Lstm>((numbers, problem, weight, gates, _) => RecurBack<Lstm>(numbers, problem, weight, gates));
        ForEachRecurrence<Gru>((numbers, problem, weight, gates, _) => RecurBack<Gru>(numbers, problem, weight, gates));
    }

    void RecurBack<TCell>(Numbers numbers, RecurrentProblem problem, Parameter weight, Floats gates) where TCell : struct, IRecurrence
    {
        nint rows = gates.Length / (TCell.Kept * problem.Width);
        Floats states = numbers.Room(rows * TCell.States * problem.Width), up = numbers.Draw(states.Length);
        Truth.Recur<TCell>(problem, weight, default, gates, states);
        Agrees(1e-4, run =>
        {
            Floats slopes = numbers.Copy(gates), previous = numbers.Room(rows * problem.Width), initial = numbers.Copy(problem.Initial);
            initial.Clear();
            run.RecurBack<TCell>(problem, weight, slopes, new(states, up, previous, initial));
            return [.. slopes.Span, .. previous.Span, .. initial.Span];
        });
    }

    [Fact, Covers(nameof(Tensors.Backend.Move))]
    public void Move_copies_or_adds_columns_and_leaves_their_neighbours() => ForEachSize((numbers, rows, columns, accumulate) =>
    {
        MatrixView x = numbers.Draw(rows, columns + 3);
        var old = numbers.Draw(rows * (columns + 5));
        Agrees(2e-7, run => Written(numbers.Copy(old),
            y => run.Move(x.ColumnRange(2, columns), MatrixView.Of(y, rows, columns + 5).ColumnRange(3, columns), accumulate)));
    });

    // Three sequences and eleven, one of them without a row; with first states and without.
    static void ForEachRecurrence<TCell>(Action<Numbers, RecurrentProblem, Parameter, Floats, Floats> test) where TCell : struct, IRecurrence
    {
        foreach (var lengths in (int[][])[[3, 0, 5], [4, 1, 2, 0, 7, 1, 3, 3, 2, 9, 1]])
            foreach (var width in (int[])[1, 16, 37])
                foreach (var (begins, reversed) in ((bool, bool)[])[(true, false), (false, true)])
                {
                    using var numbers = new Numbers(1);
                    using var set = new ParameterSet();
                    var weight = set.Root.Parameter("weight", [TCell.Gates * width, width], Init.Normal(0.4f));
                    set.Initialise(1);
                    var segments = new Segments(lengths);
                    var problem = new RecurrentProblem(segments.Lanes(reversed), width, begins ? numbers.Draw(lengths.Length * TCell.States * width) : default);
                    test(numbers, problem, weight, numbers.Draw(segments.Rows * TCell.Kept * width), begins ? numbers.Draw(TCell.Gates * width) : default);
                    numbers.AssertGuardsAreWhole();
                }
    }
}

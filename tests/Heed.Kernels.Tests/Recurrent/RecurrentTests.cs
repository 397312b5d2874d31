namespace Heed.Kernels.Tests;

/// <summary>Recurrences: alone = among others, packed in any groups, and what is refused.</summary>
public sealed class RecurrentTests : IDisposable
{
    const int Width = 21;

    readonly Room room = new();

    [Fact]
    public void A_sequence_has_the_bits_it_has_alone()
    {
        Alone<Lstm>();
        Alone<Gru>();
    }

    void Alone<TCell>() where TCell : struct, IRecurrence
    {
        int[] lengths = [1, 4, 2, 30, 7, 1, 3, 5, 5, 2, 1, 19];
        var input = room.Random(lengths.Sum() * TCell.Kept * Width);
        var initial = room.Random(lengths.Length * TCell.States * Width);
        var up = room.Random(lengths.Sum() * TCell.States * Width);
        var weight = room.Matrix(TCell.Gates * Width, Width, 0.3f);
        using var workers = new Workers(3);
        var (states, slopes, first) = Run<TCell>(workers, Lanes(lengths), weight, input, initial, up);
        var start = 0;
        for (var i = 0; i < lengths.Length; start += lengths[i++])
        {
            Floats Part(Floats all, int columns) => all.Slice((nint)start * columns, (nint)lengths[i] * columns);
            var own = Run<TCell>(Crew.One, [new Lane(0, 0, 1, lengths[i])], weight, Part(input, TCell.Kept * Width),
                initial.Slice(i * TCell.States * Width, TCell.States * Width), Part(up, TCell.States * Width));
            Assert.Equal(own.States.Span.ToArray(), Part(states, TCell.States * Width).Span.ToArray());
            Assert.Equal(own.Slopes.Span.ToArray(), Part(slopes, TCell.Kept * Width).Span.ToArray());
            Assert.Equal(own.First.Span.ToArray(), first.Slice(i * TCell.States * Width, TCell.States * Width).Span.ToArray());
        }
    }

    [Fact]
    public void Step_by_step_is_all_at_once()
    {
        var (input, weight) = (room.Random(5 * 4 * Width), room.Matrix(4 * Width, Width, 0.3f));
        Floats whole = room.Unset(5 * 2 * Width), kept = room.Copy(input), bias = room.Random(4 * Width);
        using var packed = PackedMatrix.Pack(Crew.One, weight.Transposed);
        Recurrent.Forward<Lstm>(Crew.One, new([new Lane(0, 4, -1, 5)], Width, default), packed, bias, kept, whole);
        Floats before = default;
        for (var row = 4; row >= 0; row--)
        {
            var state = room.Unset(2 * Width);
            Recurrent.Forward<Lstm>(Crew.One, new([new Lane(0, 0, 1, 1)], Width, before), packed, bias, room.Copy(input.Slice(row * 4 * Width, 4 * Width)), state);
            Assert.Equal(whole.Slice(row * 2 * Width, 2 * Width).Span.ToArray(), state.Span.ToArray());
            before = state;
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var packed = PackedMatrix.Pack(Crew.One, room.Matrix(Width, 3 * Width));
        Floats gates = room.Random(6 * 4 * Width), states = room.Random(6 * Width);
        void Refused(string said, params Lane[] lanes) => Assert.Contains(said, Assert.Throws<ArgumentException>(
            () => Recurrent.Forward<Gru>(Crew.One, new(lanes, Width, default), packed, default, gates, states)).Message, StringComparison.Ordinal);
        Refused("leaves the 6 rows", new Lane(0, 4, 1, 3));
        Refused("leaves the 6 rows", new Lane(0, 1, -1, 3));
        Refused("leaves the 6 rows", new Lane(0, 0, 1, -1));
        Refused("follows a shorter one", new Lane(0, 0, 1, 1), new Lane(1, 1, 1, 2));
        Refused("numbered beyond", new Lane(1, 0, 1, 1));
        Assert.Throws<ArgumentException>(() => Recurrent.Forward<Lstm>(Crew.One, new([], Width, default), packed, default, gates, states));
        Assert.Throws<ArgumentException>(() => Recurrent.Backward<Gru>(Crew.One, new([], Width, default), packed, gates, new(states, states, states, default)));
    }

    (Floats States, Floats Slopes, Floats First) Run<TCell>(Workers workers, Lane[] lanes, MatrixView weight, Floats input, Floats initial, Floats up)
        where TCell : struct, IRecurrence
    {
        using PackedMatrix forward = PackedMatrix.Pack(workers, weight.Transposed), back = PackedMatrix.Pack(workers, weight);
        var (gates, states, first) = (room.Copy(input), room.Unset(up.Length), room.Unset(initial.Length));
        var problem = new RecurrentProblem(lanes, Width, initial);
        Recurrent.Forward<TCell>(workers, problem, forward, default, gates, states);
        Recurrent.Backward<TCell>(workers, problem, back, gates, new(states, up, room.Unset(up.Length / TCell.States), first));
        return (states, gates, first);
    }

    static Lane[] Lanes(int[] lengths)
    {
        var start = 0;
        return [.. lengths.Select((length, i) => new Lane(i, (start += length) - length, 1, length)).OrderByDescending(lane => lane.Length)];
    }

    public void Dispose() => room.Dispose();
}

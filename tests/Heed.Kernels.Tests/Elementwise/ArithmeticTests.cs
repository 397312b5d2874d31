namespace Heed.Kernels.Tests;

public class ArithmeticTests
{
    public static TheoryData<int> Lengths => Room.EveryLength;

    [Theory, MemberData(nameof(Lengths))]
    public void Sums_products_and_scalings_are_right_at_every_length(int length)
    {
        using var room = new Room();
        Floats x = room.Random(length), y = room.Random(length), z = room.Unset(length), old = room.Random(length);
        Elementwise.Add(Crew.One, x, y, z);
        Near.Equal(i => x[i] + y[i], z, 0);
        Elementwise.Subtract(Crew.One, x, y, z);
        Near.Equal(i => x[i] - y[i], z, 0);
        Elementwise.Multiply(Crew.One, x, y, z);
        Near.Equal(i => x[i] * y[i], z, 0);
        Elementwise.Scale(Crew.One, x, -1.75f, z);
        Near.Equal(i => x[i] * -1.75f, z, 0);
        Elementwise.Fill(Crew.One, z, 3.5f);
        Near.Equal(_ => 3.5, z, 0);

        z = room.Copy(old);
        Elementwise.AddTo(Crew.One, x, z);
        Near.Equal(i => old[i] + x[i], z, 0);
        z = room.Copy(old);
        Elementwise.AddProduct(Crew.One, x, y, z);
        Near.Equal(i => MathF.FusedMultiplyAdd(x[i], y[i], old[i]), z, 0);
        z = room.Copy(old);
        Elementwise.AddScaled(Crew.One, x, 0.3f, z);
        Near.Equal(i => MathF.FusedMultiplyAdd(x[i], 0.3f, old[i]), z, 0);
    }

    [Fact]
    public void Results_may_stand_in_the_place_of_operands()
    {
        using var room = new Room();
        Floats x = room.Random(1001), y = room.Random(1001), expected = room.Unset(1001), inPlace = room.Copy(x);
        Elementwise.Multiply(Crew.One, x, y, expected);
        Elementwise.Multiply(Crew.One, inPlace, y, inPlace);
        Near.SameBits(expected, inPlace);
    }

    [Fact]
    public void Threads_do_not_show_in_the_bits()
    {
        using var room = new Room();
        Floats x = room.Random(100_003), y = room.Random(100_003), one = room.Unset(100_003), three = room.Unset(100_003);
        Elementwise.Map<Gelu>(Crew.One, x, one);
        Elementwise.Map<Gelu>(Crew.Three, x, three);
        Near.SameBits(one, three);
        Elementwise.AddProduct(Crew.One, x, y, one);
        Elementwise.AddProduct(Crew.Three, x, y, three);
        Near.SameBits(one, three);
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        using var room = new Room();
        Floats x = room.Random(19), y = room.Unset(19);
        x[0] = x[18] = float.NaN;
        Elementwise.Add(Crew.One, x, x, y);
        Assert.Equal([0, 18], Enumerable.Range(0, 19).Where(i => float.IsNaN(y[i])));
        Elementwise.Scale(Crew.One, x, 0, y);
        Assert.Equal([0, 18], Enumerable.Range(0, 19).Where(i => float.IsNaN(y[i])));
    }

    [Fact]
    public void Lengths_that_differ_are_refused_in_words()
    {
        using var room = new Room();
        var thrown = Assert.Throws<ArgumentException>(() => Elementwise.Add(Crew.One, room.Random(3), room.Random(4), room.Random(3)));
        Assert.Contains("x has 3 floats but y has 4", thrown.Message, StringComparison.Ordinal);
    }
}

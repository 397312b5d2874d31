using System.Runtime.Intrinsics;

namespace Heed.Kernels.Tests;

/// <summary>What the row kernels give, as one number each: the same on AVX-512, AVX2, Arm and without vectors.</summary>
/// <remarks>The numbers were written down once. One that changes means that results of earlier versions cannot be had again: decide that, do not just adjust it.</remarks>
public sealed class SameBitsTests : IDisposable
{
    const int Rows = 9, Columns = 117, Count = Rows * Columns;

    readonly Room room = new();
    readonly MatrixView x, y;
    readonly Floats gain, kept;

    public SameBitsTests()
    {
        (x, y) = (room.UnsetMatrix(Rows, Columns), room.UnsetMatrix(Rows, Columns));
        (gain, kept) = (room.Take(Columns), room.Take(2 * Rows));
        var random = new CounterRandom(1, 2);
        for (nint i = 0; i < Count; i++) x.Data[i] = 3 * random.NextNormal();
        for (nint i = 0; i < Columns; i++) gain[i] = random.NextNormal();
    }

    [Fact]
    public void Elementary_functions()
    {
        var sum = 0ul;
        for (uint bits = 12345; bits < 0xFFFF_0000 - 70_001; bits += 70_001)
        {
            var v = Vector512.Create(BitConverter.UInt32BitsToSingle(bits)) * Vector512.Create(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
            foreach (var f in (Vector512<float>[])[Functions.Exp(v), Functions.Log(v), Functions.Tanh(v), Functions.Sigmoid(v),
                Functions.SigmoidToHalf(-Vector512.Abs(v)), Functions.NormalToHalf(-Vector512.Abs(v)), Functions.GeluSlope(-Vector512.Abs(v)), Functions.Sin(v), Functions.Cos(v)])
                for (var i = 0; i < 16; i++) sum = Mix(sum, f[i]);
        }
        Assert.Equal(1271606969406319208ul, sum);
    }

    [Fact]
    public void Random_numbers() => Assert.Equal(1151834309318516913ul, Hash(x.Data));

    [Fact]
    public void Functions_of_runs()
    {
        Elementwise.Map<Gelu>(Crew.One, x.Data, y.Data);
        Elementwise.MapBack<GeluTanh>(Crew.One, x.Data, x.Data, y.Data, accumulate: true);
        Elementwise.MapBack<Softplus>(Crew.One, x.Data, x.Data, y.Data, accumulate: true);
        Elementwise.Gate<Silu>(Crew.One, x, y, y);
        Assert.Equal(1671141331998943415ul, Hash(y.Data));
    }

    [Fact]
    public void Softmax()
    {
        Reduce.LogSoftmax(Crew.One, x, y);
        var log = Hash(y.Data);
        Reduce.Softmax(Crew.One, x, y);
        Reduce.SoftmaxBack(Crew.One, y, x, y, accumulate: false);
        Assert.Equal((13026131696945190578ul, 13519951339909359006ul), (log, Hash(y.Data)));
    }

    [Fact]
    public void Mixture()
    {
        var (half, tripled) = (room.Copy(x), room.Copy(x));
        Elementwise.Scale(Crew.One, half.Data, 0.5f, half.Data);
        Elementwise.Scale(Crew.One, tripled.Data, -3, tripled.Data);
        Reduce.Mixture(Crew.One, [x, half, tripled], y);
        Assert.Equal(3216919305531789686ul, Hash(y.Data));
    }

    [Fact]
    public void Norms()
    {
        Floats mean = kept.Slice(0, Rows), inverse = kept.Slice(Rows, Rows);
        Reduce.LayerNorm(Crew.One, x, gain, gain, 1e-5f, y, mean, inverse);
        var layer = Hash(y.Data);
        Reduce.LayerNormBack(Crew.One, x, gain, mean, inverse, y, y, accumulate: false, gain, default);
        Assert.Equal((1122704081560797085ul, 8330901108439229147ul, 5508662893925039678ul), (layer, Hash(y.Data), Hash(gain)));
    }

    [Fact]
    public void Dropped_out()
    {
        Dropout.Residual(Crew.One, x.Data, x.Data, y.Data, 0.3f, 99);
        Assert.Equal(1954373289305314998ul, Hash(y.Data));
    }

    [Fact]
    public void Loss()
    {
        CrossEntropy.Rows(Crew.One, x, [0, 1, 2, 3, 4, 5, 6, 7, 116], new CrossEntropyOptions { Smoothing = 0.1f }, kept.Slice(0, Rows), default, x);
        Assert.Equal((1962208944937833702ul, 14417930931829632016ul), (Hash(x.Data), Hash(kept.Slice(0, Rows))));
    }

    [Fact]
    public void Additive_attention()
    {
        SegmentPair[] pairs = [new(0, 3, 2, 5, 0), new(3, 2, 0, 1, 0)];
        MatrixView q = room.Matrix(5, 21), k = room.Matrix(7, 21), values = room.Matrix(7, 37), output = room.UnsetMatrix(5, 37);
        MatrixView dq = room.Matrix(5, 21), dk = room.Matrix(7, 21), dv = room.Matrix(7, 37);
        Floats vector = room.Random(21), weights = room.Take(5 * 5), parts = room.Take(2 * 21);
        weights.Clear();
        var inputs = new AdditiveInputs(q, k, vector, values, pairs);
        AdditiveAttention.Forward(Crew.One, inputs, weights, output);
        AdditiveAttention.Backward(Crew.One, inputs, weights, new(output, dq, dk, dv, parts));
        Assert.Equal((14111203261887269944ul, 11317529220000987238ul), (Hash(weights) ^ Hash(output.Data), Hash(dq.Data) ^ Hash(dk.Data) ^ Hash(dv.Data) ^ Hash(parts)));
    }

    [Fact]
    public void Recurrences() => Assert.Equal((3677930596772675409ul, 13910282003741445360ul), (Recurrence<Lstm>(), Recurrence<Gru>()));

    ulong Recurrence<TCell>() where TCell : struct, IRecurrence
    {
        const int Width = 19;
        Lane[] lanes = [new(1, 3, 1, 4), new(0, 2, -1, 3), new(2, 7, 1, 1)];
        var weight = room.Matrix(TCell.Gates * Width, Width, 0.3f);
        Floats gates = room.Random(8 * TCell.Kept * Width), states = room.Take(8 * TCell.States * Width), previous = room.Take(8 * Width);
        using PackedMatrix forward = PackedMatrix.Pack(Crew.One, weight.Transposed), back = PackedMatrix.Pack(Crew.One, weight);
        Recurrent.Forward<TCell>(Crew.One, new(lanes, Width, default), forward, gain.Slice(0, TCell.Gates * Width), gates, states);
        Recurrent.Backward<TCell>(Crew.One, new(lanes, Width, default), back, gates, new(states, states, previous, default));
        return Hash(states) ^ Hash(gates);
    }

    [Fact]
    public void Steps()
    {
        Floats m = room.Take(Count), v = room.Take(Count);
        x.Data.CopyTo(y.Data);
        for (var step = 1; step < 4; step++) Optimizers.Adam(Crew.One, y.Data, x.Data, m, v, default, new AdamOptions { WeightDecay = 0.1 }, step);
        Assert.Equal(14722829791308608716ul, Hash(y.Data));
    }

    public void Dispose() => room.Dispose();

    static ulong Hash(Floats x)
    {
        var sum = 0ul;
        for (nint i = 0; i < x.Length; i++) sum = Mix(sum, x[i]);
        return sum;
    }

    // NaN has many bit patterns, and machines differ in which they make.
    static ulong Mix(ulong sum, float x)
        => (sum ^ (float.IsNaN(x) ? 0x7FC0_0000 : BitConverter.SingleToUInt32Bits(x))) * 0x9E37_79B9_7F4A_7C15 + 0x1234_5678;
}

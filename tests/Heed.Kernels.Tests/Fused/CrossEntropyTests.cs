namespace Heed.Kernels.Tests;

public class CrossEntropyTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 35), 64, 127, 1000];

    [Theory, MemberData(nameof(Widths))]
    public void Losses_and_gradients_are_right_at_every_width(int columns)
    {
        using var room = new Room();
        Floats rowWeights = room.Of([1, 0.5f, 2, 0, 1]), classWeights = room.Random(columns);
        for (nint j = 0; j < columns; j++) classWeights[j] = MathF.Abs(classWeights[j]) + 0.1f;
        int[] targets = [0, columns - 1, columns / 2, 0, -100];
        foreach (var smoothing in (float[])[0, 0.1f])
            foreach (var weights in (Floats[])[default, classWeights])
            {
                var options = new CrossEntropyOptions { Smoothing = smoothing, Weight = 0.5f, RowWeights = rowWeights, ClassWeights = weights };
                Holds(room, columns, targets, options);
            }
    }

    static void Holds(Room room, int columns, int[] targets, CrossEntropyOptions options)
    {
        MatrixView z = room.Matrix(5, columns, 3), dz = room.UnsetMatrix(5, columns);
        Floats losses = room.Unset(5), logs = room.Unset(5);
        CrossEntropy.Rows(Crew.One, z, targets, options, losses, logs, dz);
        var exact = Doubles(z.Data);
        Near.Equal(i => Counts(i) ? Loss(exact, i) : 0, losses, 2e-6);
        Near.Equal(i => Counts(i) ? LogProbability(exact, i, targets[i], columns) : 0, logs, 2e-6);
        if (columns < 20) Near.Gradient(v => Enumerable.Range(0, 5).Where(Counts).Sum(i => Loss(v, i)), z.Data, dz.Data, 1e-5);

        Floats again = room.Unset(5);
        CrossEntropy.Rows(Crew.One, z, targets, options, again, default, default);
        Near.SameBits(losses, again);
        CrossEntropy.Rows(Crew.One, z, targets, options, again, default, z);
        Near.SameBits(losses, again);
        Near.SameBits(dz.Data, z.Data);

        bool Counts(int i) => targets[i] >= 0 && options.RowWeights[i] != 0;
        double Class(int c) => options.ClassWeights.IsEmpty ? 1 : options.ClassWeights[c];
        double Loss(double[] v, int i)
        {
            var loss = -(1 - options.Smoothing) * Class(targets[i]) * LogProbability(v, i, targets[i], columns);
            for (var c = 0; c < columns; c++) loss -= options.Smoothing / columns * Class(c) * LogProbability(v, i, c, columns);
            return loss * options.Weight * options.RowWeights[i];
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void Soft_targets_give_their_losses_and_gradients(int columns)
    {
        using var room = new Room();
        MatrixView z = room.Matrix(2, columns), targets = room.Matrix(2, columns), dz = room.UnsetMatrix(2, columns);
        Reduce.Softmax(Crew.One, targets, targets);
        Floats losses = room.Unset(2), classWeights = room.Random(columns);
        var options = new CrossEntropyOptions { Smoothing = 0.2f, ClassWeights = classWeights };
        CrossEntropy.SoftRows(Crew.One, z, targets, options, losses, dz);
        double Loss(double[] v, int i) => -Enumerable.Range(0, columns).Sum(
            c => classWeights[c] * (0.8 * targets[i, c] + 0.2 / columns) * LogProbability(v, i, c, columns));
        Near.Equal(i => Loss(Doubles(z.Data), i), losses, 2e-6);
        Near.Gradient(v => Loss(v, 0) + Loss(v, 1), z.Data, dz.Data, 1e-5);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("mean_smoothing")]
    [InlineData("mean_class_weight_smoothing")]
    [InlineData("none_smoothing")]
    [InlineData("sum_smoothing_ignore0")]
    public void Agrees_with_the_reference_implementation(string file)
    {
        using var room = new Room();
        var golden = new Golden("cross_entropy/" + file);
        var sum = file.StartsWith("sum", StringComparison.Ordinal);
        int[] targets = [.. golden.Ids("in.target").Select(id => id == (sum ? 0 : -100) ? -1 : id)];
        var classWeights = golden.Has("in.class_weight") ? room.Of(golden["in.class_weight"]) : default;
        var counted = targets.Where(id => id >= 0).Sum(id => classWeights.IsEmpty ? 1 : classWeights[id]);
        var options = new CrossEntropyOptions
        {
            Smoothing = sum ? 0.2f : file.Contains("class", StringComparison.Ordinal) ? 0.15f : file == "mean" ? 0 : 0.1f,
            Weight = file.StartsWith("mean", StringComparison.Ordinal) ? 1 / counted : 1,
            RowWeights = golden.Has("up.loss") ? room.Of(golden["up.loss"]) : default,
            ClassWeights = classWeights,
        };
        MatrixView z = MatrixView.Of(room.Of(golden["in.logits"]), 24, 11), dz = room.UnsetMatrix(24, 11);
        var losses = room.Unset(24);

        // Of weighted rows the reference keeps the losses before the weights.
        if (golden.Has("up.loss")) CrossEntropy.Rows(Crew.One, z, targets, options with { RowWeights = default }, losses, default, default);
        else CrossEntropy.Rows(Crew.One, z, targets, options, losses, default, default);
        var expected = golden["out.loss"];
        if (expected.Length == 1) Assert.Equal(expected[0], Reduce.Sum(Crew.One, losses), 1e-5 * (1 + expected[0]));
        else Near.Equal(expected, losses);
        CrossEntropy.Rows(Crew.One, z, targets, options, losses, default, dz);
        Near.Equal(golden["gin.logits"], dz.Data);
    }

    [Fact]
    public void Soft_targets_agree_with_the_reference_implementation()
    {
        using var room = new Room();
        var golden = new Golden("cross_entropy/soft_targets");
        MatrixView z = MatrixView.Of(room.Of(golden["in.logits"]), 24, 11), dz = room.UnsetMatrix(24, 11);
        var targets = MatrixView.Of(room.Of(golden["in.target"]), 24, 11);
        var losses = room.Unset(24);
        CrossEntropy.SoftRows(Crew.One, z, targets, new CrossEntropyOptions { Weight = 1 / 24f }, losses, dz);
        Assert.Equal(golden["out.loss"][0], Reduce.Sum(Crew.One, losses), 1e-5);
        Near.Equal(golden["gin.logits"], dz.Data);
    }

    [Fact]
    public void Logits_of_ten_thousand_are_safe()
    {
        using var room = new Room();
        MatrixView z = MatrixView.Of(room.Of([10_000, -10_000, 9_999]), 1, 3);
        Floats losses = room.Unset(1), logs = room.Unset(1);
        CrossEntropy.Rows(Crew.One, z, [2], new CrossEntropyOptions { Smoothing = 0.3f }, losses, logs, z);
        var log = Math.Log(1 + Math.Exp(-1));
        // ln p is z − ln Σ exp z, as a search computes it: as exact as the logits' own last bit, here 1/1024.
        Assert.Equal(-1 - log, logs[0], 1e-3);
        Assert.Equal(0.7 * (1 + log) + 0.1 * (log + 20_000 + log + 1 + log), losses[0], 1e-3);
        Near.Equal(i => (i == 0 ? 1 : i == 2 ? Math.Exp(-1) : 0) / (1 + Math.Exp(-1)) - 0.1 - (i == 2 ? 0.7 : 0), z.Data, 1e-6);
    }

    [Fact]
    public void A_masked_class_costs_nothing_and_a_row_left_out_may_hold_anything()
    {
        using var room = new Room();
        var z = MatrixView.Of(room.Of([0, 0, float.NegativeInfinity, float.NaN, 1, 1]), 2, 3);
        var losses = room.Unset(2);
        CrossEntropy.Rows(Crew.One, z, [1, -1], new CrossEntropyOptions(), losses, default, z);
        Assert.Equal(Math.Log(2), losses[0], 1e-6);
        Assert.Equal([0.5f, -0.5f, 0, 0, 0, 0], z.Data.Span.ToArray());
        Assert.Equal(0, losses[1]);
    }

    [Fact]
    public void NaN_in_a_row_shows_in_its_loss()
    {
        using var room = new Room();
        var z = room.Matrix(1, 40);
        z[0, 39] = float.NaN;
        var losses = room.Take(1);
        CrossEntropy.Rows(Crew.One, z, [3], new CrossEntropyOptions(), losses, default, default);
        Assert.True(float.IsNaN(losses[0]));
    }

    [Fact]
    public void Neither_threads_nor_other_rows_show_in_the_bits()
    {
        using var room = new Room();
        MatrixView z = room.Matrix(60, 1003), one = room.UnsetMatrix(60, 1003), three = room.UnsetMatrix(60, 1003), alone = room.UnsetMatrix(1, 1003);
        int[] targets = [.. Enumerable.Range(0, 60).Select(i => i * 16)];
        Floats losses1 = room.Unset(60), losses3 = room.Unset(60), loss = room.Unset(1);
        var options = new CrossEntropyOptions { Smoothing = 0.1f };
        CrossEntropy.Rows(Crew.One, z, targets, options, losses1, default, one);
        CrossEntropy.Rows(Crew.Three, z, targets, options, losses3, default, three);
        Near.SameBits(losses1, losses3);
        Near.SameBits(one.Data, three.Data);
        CrossEntropy.Rows(Crew.One, z.RowRange(44, 1), targets.AsSpan(44, 1), options, loss, default, alone);
        Near.SameBits(losses1.Slice(44, 1), loss);
        Near.SameBits(one.RowRange(44, 1).Data.Slice(0, 1003), alone.Data);
    }

    [Fact]
    public void Mistakes_are_refused_in_words()
    {
        using var room = new Room();
        var z = room.Matrix(2, 3);
        var losses = room.Take(2);
        var thrown = Assert.Throws<ArgumentException>(() => CrossEntropy.Rows(Crew.One, z, [0, 3], new(), losses, default, default));
        Assert.Contains("Target 3 of row 1 is none of 3 classes", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CrossEntropy.Rows(Crew.One, z, [0], new(), losses, default, default));
        Assert.Throws<ArgumentException>(
            () => CrossEntropy.Rows(Crew.One, z, [0, 1], new CrossEntropyOptions { Smoothing = 1.5f }, losses, default, default));
    }

    static double[] Doubles(Floats x) => [.. x.Span.ToArray().Select(v => (double)v)];

    static double LogProbability(double[] z, int row, int target, int columns)
    {
        double greatest = double.NegativeInfinity, sum = 0;
        for (var c = row * columns; c < (row + 1) * columns; c++) greatest = Math.Max(greatest, z[c]);
        for (var c = row * columns; c < (row + 1) * columns; c++) sum += Math.Exp(z[c] - greatest);
        return z[row * columns + target] - greatest - Math.Log(sum);
    }
}

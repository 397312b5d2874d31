using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>What a backend promises of fused methods: what their bodies in <see cref="Tensors.Backend"/> give, within a stated distance.</summary>
/// <remarks>Distances are for numbers between -1 and 1; each is a few roundings of the longest sum in it.</remarks>
public abstract partial class FusedContract(Backend backend) : BackendContract(backend)
{
    static readonly ReferenceBackend Truth = new();

    [Fact, Covers(nameof(Tensors.Backend.Linear), nameof(Tensors.Backend.Pack))]
    public void Linear_is_its_reference_packed_and_not() => ForEachSize((numbers, rows, columns, packed) =>
    {
        using var set = new ParameterSet();
        Parameter weight = set.Root.Parameter("weight", [19, columns], Init.Normal(0.5f)), bias = set.Root.Parameter("bias", [19], Init.Normal(1));
        set.Initialise(1);
        if (packed) set.Freeze(Backend);
        Assert.Equal(packed, weight.Packed is not null);
        var x = numbers.Draw(rows, columns);
        foreach (var with in (Parameter?[])[bias, null])
        {
            Agrees(5e-5, run => Written(numbers.Room(rows * 19), y => run.Linear<Gelu>(x, weight, with, MatrixView.Of(y, rows, 19), default)));
            Agrees(5e-5, run => Written(numbers.Room(rows * 19), before => run.Linear<Relu>(x, weight, with, numbers.Draw(rows, 19), before)));
            Agrees(5e-5, run => Written(numbers.Room(rows * 19), y => run.Linear<Identity>(x, weight, with, MatrixView.Of(y, rows, 19), default)));
            Agrees(5e-5, run => Written(numbers.Room(rows * 19), before => run.Linear<Identity>(x, weight, with, numbers.Draw(rows, 19), before)));
        }
    });

    [Fact, Covers(nameof(Tensors.Backend.Prepare), nameof(Tensors.Backend.Product))]
    public void Products_with_a_prepared_factor_are_the_same_bits_as_without() => ForEachSize((numbers, rows, columns, transposed) =>
    {
        MatrixView a = numbers.Draw(rows, columns), b = transposed ? numbers.Draw(19, columns).Transposed : numbers.Draw(columns, 19);
        MatrixView other = numbers.Draw(columns, 19);
        float[] Plain(MatrixView right) => Written(numbers.Room(rows * 19), c => Backend.Product(a, right, MatrixView.Of(c, rows, 19), false));
        foreach (var _ in (ReadOnlySpan<int>)[1, 2])
        {
            // Two of a shape at once, and twice: a copy that was given back is filled anew.
            using var first = Backend.Prepare(b);
            using var second = Backend.Prepare(other);
            foreach (var (right, prepared) in (ReadOnlySpan<(MatrixView, PreparedFactor)>)[(b, first), (other, second), (b, first)])
                Assert.Equal(Plain(right), Written(numbers.Room(rows * 19), c => Backend.Product(a, prepared, MatrixView.Of(c, rows, 19))));
        }
    });

    [Fact, Covers(nameof(Tensors.Backend.Gate))]
    public void Gate_is_its_reference() => ForEachLength((numbers, n, _) =>
    {
        Floats a = numbers.Draw(n), b = numbers.Draw(n);
        Agrees(1e-6, run => Written(numbers.Room(n), y => run.Gate<Silu>(a, b, y)));
    });

    [Fact, Covers(nameof(Tensors.Backend.GateBack))]
    public void GateBack_is_its_reference_whatever_is_added_to() => ForEachLength((numbers, n, addA) =>
    {
        Floats a = numbers.Draw(n), b = numbers.Draw(n), dy = numbers.Draw(n);
        foreach (var addB in (bool[])[false, true])
        {
            Floats oldA = numbers.Old(n, addA), oldB = numbers.Old(n, addB);
            Agrees(1e-6, run =>
            {
                Floats da = numbers.Copy(oldA), db = numbers.Copy(oldB);
                run.GateBack<Silu>(a, b, dy, new(da, addA), new(db, addB));
                return [.. da.Span, .. db.Span];
            });
        }
        // One tensor in both places: b's part is written first and a's is added.
        Agrees(1e-6, run => Written(numbers.Copy(dy), d => run.GateBack<Silu>(a, a, dy, new(d, true), new(d, addA))));
    });

    [Fact, Covers(nameof(Tensors.Backend.Residual))]
    public void Residual_is_its_reference() => ForEachLength((numbers, n, drops) =>
    {
        Floats x = numbers.Draw(n), y = numbers.Draw(n);
        Agrees(3e-7, run => Written(numbers.Room(n), z => run.Residual(x, y, z, drops ? new(0.3f, 5) : DropoutChoice.None)));
    });

    [Fact, Covers(nameof(Tensors.Backend.Rotate))]
    public void Rotate_is_its_reference() => ForEachSize((numbers, rows, columns, accumulate) =>
    {
        foreach (var shape in (RotationShape[])[new(columns, columns / 2 * 2, 1), new(columns, columns / 2 * 2, columns / 2), new(2 * columns, 2, 1)])
        {
            if (shape.Turned < 2) continue;
            int width = 3 * shape.Width;
            MatrixView x = numbers.Draw(rows, width), table = numbers.Draw(5, 2 * shape.Turned);
            var (old, places) = (numbers.Old(rows * width, accumulate), Array.ConvertAll(numbers.Ids(rows, 5), id => id + 7));
            foreach (var back in (bool[])[false, true])
                Agrees(1e-6, run => Written(numbers.Copy(old), y => run.Rotate(x, new(shape, table, places, 7), new(y, accumulate), back)));
        }
    });

    [Fact, Covers(nameof(Tensors.Backend.LayerNorm))]
    public void LayerNorm_is_its_reference() => ForEachSize((numbers, rows, columns, bare) =>
    {
        var x = numbers.Draw(rows, columns);
        Floats gain = bare ? default : numbers.Draw(columns), bias = bare ? default : numbers.Draw(columns);
        Agrees(1e-5, run =>
        {
            Floats y = numbers.Room(rows * columns), mean = numbers.Room(rows), inverse = numbers.Room(rows);
            run.LayerNorm(x, gain, bias, 1e-2f, MatrixView.Of(y, rows, columns), mean, inverse);
            return [.. y.Span, .. mean.Span, .. inverse.Span];
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.LayerNormBack))]
    public void LayerNormBack_is_its_reference() => ForEachSize((numbers, rows, columns, accumulate) =>
    {
        MatrixView x = numbers.Draw(rows, columns), dy = numbers.Draw(rows, columns);
        Floats gain = numbers.Draw(columns), mean = numbers.Room(rows), inverse = numbers.Room(rows);
        Floats old = numbers.Old(rows * columns, accumulate), oldGain = numbers.Draw(columns);
        Truth.LayerNorm(x, gain, default, 1e-2f, numbers.Draw(rows, columns), mean, inverse);
        foreach (var wanted in (bool[])[true, false])
            Agrees(1e-4, run =>
            {
                Floats dx = numbers.Copy(old), dGain = wanted ? numbers.Copy(oldGain) : default, dBias = accumulate ? numbers.Copy(oldGain) : default;
                run.LayerNormBack(x, wanted ? gain : default, mean, inverse, dy, new(dx, accumulate), dGain, dBias);
                return [.. dx.Span, .. dGain.Span, .. dBias.Span];
            });
    });

    [Fact, Covers(nameof(Tensors.Backend.RmsNorm))]
    public void RmsNorm_is_its_reference() => ForEachSize((numbers, rows, columns, bare) =>
    {
        var x = numbers.Draw(rows, columns);
        var gain = bare ? default : numbers.Draw(columns);
        Agrees(1e-5, run =>
        {
            Floats y = numbers.Room(rows * columns), inverse = numbers.Room(rows);
            run.RmsNorm(x, gain, 1e-2f, MatrixView.Of(y, rows, columns), inverse);
            return [.. y.Span, .. inverse.Span];
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.RmsNormBack))]
    public void RmsNormBack_is_its_reference() => ForEachSize((numbers, rows, columns, accumulate) =>
    {
        MatrixView x = numbers.Draw(rows, columns), dy = numbers.Draw(rows, columns);
        Floats gain = numbers.Draw(columns), inverse = numbers.Room(rows);
        Floats old = numbers.Old(rows * columns, accumulate), oldGain = numbers.Draw(columns);
        Truth.RmsNorm(x, gain, 1e-2f, numbers.Draw(rows, columns), inverse);
        foreach (var wanted in (bool[])[true, false])
            Agrees(1e-4, run =>
            {
                Floats dx = numbers.Copy(old), dGain = wanted ? numbers.Copy(oldGain) : default;
                run.RmsNormBack(x, wanted ? gain : default, inverse, dy, new(dx, accumulate), dGain);
                return [.. dx.Span, .. dGain.Span];
            });
    });

    [Fact, Covers(nameof(Tensors.Backend.LogSumExp))]
    public void LogSumExp_is_its_reference() => ForEachSize((numbers, rows, columns, large) =>
    {
        var z = numbers.Draw(rows, columns);
        if (large) Truth.Scale(z.Data, 1000, z.Data, accumulate: false);
        Agrees(large ? 1e-3 : 2e-6, run => Written(numbers.Room(rows), y => run.LogSumExp(z, y)));
    });

    [Fact, Covers(nameof(Tensors.Backend.FirstNonFinite))]
    public void FirstNonFinite_is_the_first_and_none_where_all_are_finite() => ForEachLength((numbers, n, _) =>
    {
        var x = numbers.Draw(n);
        Agrees(0, run => [run.FirstNonFinite(x)]);
        for (var i = n - 1; i >= 0; i = i * 2 / 3 - 1)
        {
            x[i] = (i % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
            Agrees(0, run => [run.FirstNonFinite(x)]);
            Assert.Equal(i, Backend.FirstNonFinite(x));
        }
    });

    [Fact, Covers(nameof(Tensors.Backend.Leading))]
    public void Leading_is_its_reference_even_with_more_places_than_columns() => ForEachSize((numbers, rows, columns, all) =>
    {
        var z = numbers.Draw(rows, columns);
        var count = all ? (int)columns + 2 : 3;
        var expected = new int[rows * count];
        Truth.Leading(z, expected, numbers.Room(rows * count), numbers.Room(rows));
        Agrees(2e-6, run =>
        {
            Floats values = numbers.Room(rows * count), normalisers = numbers.Room(rows);
            var ids = new int[rows * count];
            run.Leading(z, ids, values, normalisers);
            Assert.Equal(expected, ids);
            return [.. values.Span.ToArray().Where(float.IsFinite), .. normalisers.Span];
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.Mixture))]
    public void Mixture_is_its_reference() => ForEachSize((numbers, rows, columns, _) =>
    {
        MatrixView[] z = [numbers.Draw(rows, columns), numbers.Draw(rows, columns), numbers.Draw(rows, columns)];
        Agrees(2e-6, run => Written(numbers.Room(rows * columns), y => run.Mixture(z, MatrixView.Of(y, rows, columns))));
    });

    [Fact, Covers(nameof(Tensors.Backend.CrossEntropy))]
    public void CrossEntropy_is_its_reference() => ForEachSize((numbers, rows, columns, smoothed) =>
    {
        var z = numbers.Draw(rows, columns);
        var targets = Array.ConvertAll(numbers.Ids(rows, columns + 1), id => id - 1);
        var options = new LossOptions { LabelSmoothing = smoothed ? 0.2f : 0, Weight = 0.7f };
        Agrees(5e-6, run =>
        {
            Floats losses = numbers.Room(rows), logs = numbers.Room(rows), gradient = numbers.Room(rows * columns), inPlace = numbers.Copy(z.Data);
            run.CrossEntropy(z, targets, options, new(losses, logs), gradient);
            run.CrossEntropy(MatrixView.Of(inPlace, rows, columns), targets, options, new(losses, logs), inPlace);
            Assert.True(gradient.Span.SequenceEqual(inPlace.Span), "The gradient in place of the logits differs.");
            return [.. losses.Span, .. logs.Span, .. gradient.Span];
        });
    });

    [Fact, Covers(nameof(Tensors.Backend.ProjectedCrossEntropy))]
    public void ProjectedCrossEntropy_is_its_reference_in_blocks_of_any_size() => ForEachSize((numbers, rows, columns, wanted) =>
    {
        MatrixView x = numbers.Draw(rows, columns), weight = numbers.Draw(11, columns);
        var targets = Array.ConvertAll(numbers.Ids(rows, 12), id => id - 1);
        foreach (var block in (nint[])[1, 16, Math.Max(rows, 1)])
            Agrees(1e-4, run =>
            {
                Floats losses = numbers.Room(rows), logs = numbers.Room(rows);
                Floats dx = wanted ? numbers.Room(rows * columns) : default, dW = wanted ? numbers.Room(11 * columns) : default;
                var logits = numbers.Room((run == Truth ? 3 : block) * 11);
                run.ProjectedCrossEntropy(x, weight, targets, new() { LabelSmoothing = 0.2f, Weight = 0.7f }, new(losses, logs), new(dx, dW), logits);
                return [.. losses.Span, .. logs.Span, .. dx.Span, .. dW.Span];
            });
    });

    /// <summary>The results of this backend are those of the reference, within a distance.</summary>
    protected void Agrees(double distance, Func<Backend, float[]> act)
    {
        var expected = act(Truth);
        Holds(distance, i => expected[i], act);
    }
}

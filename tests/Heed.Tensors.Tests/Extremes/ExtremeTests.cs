using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>Numbers and shapes at the ends of what there is, through operations as a user meets them.</summary>
public sealed class ExtremeTests : IDisposable
{
    readonly CpuBackend backend = new(2);
    readonly Workspace workspace;

    public ExtremeTests() => workspace = new Workspace(backend);

    [Fact]
    public void A_query_that_sees_no_key_gets_zeros_and_gives_no_gradient()
    {
        // The first query of each sequence sees nothing before itself; the last sequence has no keys at all.
        Segments queries = new([5, 1, 3]), keys = new([5, 1, 0]);
        using var pass = Pass.Differentiate(workspace);
        Tensor q = Draw(pass, 1, [9, 6]), k = Draw(pass, 2, [6, 6]), v = Draw(pass, 3, [6, 4]);
        var y = Ops.Attend(q, k, v, queries.Against(keys), new(new(2, 2, 3, 2, 1), 0, "blind"), new CausalMask(Strict: true), default(NoBias));
        var output = y.ToArray();
        var d = pass.Backward([(y, [.. Enumerable.Repeat(1f, 36)])], null, q, k, v);
        foreach (var row in (int[])[0, 5, 6, 7, 8])
        {
            Assert.All(output[(4 * row)..(4 * row + 4)], value => Assert.Equal(0, value));
            Assert.All(d.Of(q).Slice(6 * row, 6).Span.ToArray(), value => Assert.Equal(0, value));
        }
        // Nobody sees the last key of a sequence; the others are seen.
        foreach (var row in (int[])[4, 5])
            Assert.All([.. d.Of(k).Slice(6 * row, 6).Span, .. d.Of(v).Slice(4 * row, 4).Span], value => Assert.Equal(0, value));
        Assert.DoesNotContain(0, d.Of(v).Slice(0, 4).Span.ToArray());
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e30f)]
    public void Great_logits_give_the_loss_and_the_gradient_they_should(float size)
    {
        using var pass = Pass.Differentiate(workspace);
        var z = pass.From([size, -size, 0, -size, size, 0, size, size, -size], [3, 3]);
        var loss = Ops.CrossEntropy(z, [0, 0, 0], new());
        // A log-probability is as exact as its logits: half a unit of their size.
        Near([0, -2 * size, -MathF.Log(2)], loss.LogProbabilities.Span, 6e-8 * size);
        Near([2 * size + MathF.Log(2)], [loss.Loss.Scalar], 1e-6 * size);
        var d = pass.Backward([(loss.Loss, [1f])], null, z);
        Near([0, 0, 0, -1, 1, 0, -0.5f, 0.5f, 0], d.Of(z).Span, 1e-6);
    }

    [Fact]
    public void Great_projected_logits_give_the_loss_of_the_logits()
    {
        using var set = new ParameterSet();
        var weight = set.Root.Parameter("weight", [5, 2], Init.Zero);
        set.Initialise(1);
        float[] rows = [1e4f, 0, -1e4f, 0, 0, 1e4f, 0, -1e4f, 1e4f, 1e4f];
        rows.CopyTo(weight.Value.Span);
        using var gradients = new Gradients(set);
        using var pass = Pass.Differentiate(workspace);
        var x = pass.From([1, 0, 0.5f, 0.5f], [2, 2]);
        var loss = Ops.ProjectedCrossEntropy(x, weight, [1, 4], new() { Weight = 0.5f });
        Near([-2e4f - MathF.Log(2), 0], loss.LogProbabilities.Span, 2e-3);
        pass.Backward(loss.Loss, gradients);
        // The first row: p = ½ at 0 and at 4, its target is 1. The second is right without a doubt, so nothing comes from it.
        Near([0.25f, 0, -0.5f, 0, 0, 0, 0, 0, 0.25f, 0], gradients.Of(weight).Span, 1e-6);
    }

    [Fact]
    public void Great_scores_of_attention_choose_the_greatest_key()
    {
        using var pass = Pass.Differentiate(workspace);
        Tensor q = pass.From([100, -100, 100], [3, 1]), k = pass.From([100, -100, 1], [3, 1]), v = pass.From([7, 8, 9], [3, 1]);
        var y = Ops.Attend(q, k, v, Segments.One(3).Against(Segments.One(3)), new(new(1, 1, 1, 1, 1), 0, "great"), default(FullMask), default(NoBias));
        Assert.Equal([7, 8, 7], y.ToArray());
        var d = pass.Backward([(y, [1, 1, 1])], null, q, k, v);
        Assert.All([.. d.Of(q).Span, .. d.Of(k).Span], value => Assert.Equal(0, value));
        Assert.Equal([2, 1, 0], d.Of(v).Span.ToArray());
    }

    [Fact]
    public void Denormal_numbers_are_neither_flushed_nor_magnified()
    {
        const float small = 1e-40f;
        using var set = new ParameterSet();
        var identity = set.Root.Parameter("identity", [17, 17], Init.Zero);
        set.Initialise(1);
        for (var i = 0; i < 17; i++) identity.Value[i * 17 + i] = 1;
        using var pass = Pass.Infer(workspace);
        float[] numbers = [.. Enumerable.Range(0, 34).Select(i => (i - 17) * small)];
        var x = pass.From(numbers, [2, 17]);
        Assert.Equal(numbers, Ops.Linear(x, identity).ToArray());
        Assert.Equal(numbers.Select(number => 2 * number), Ops.Scale(x, 2).ToArray());
        Assert.Equal(numbers, Ops.Add(x, pass.From(new float[34], [2, 17])).ToArray());
        Near([.. numbers.Select(number => number / 2)], Ops.Map<Gelu>(x).ToArray(), 3e-45);
        Near(new float[34], Ops.LayerNorm(x, null, null, 1e-5f).ToArray(), 1e-36);
        Near([.. Enumerable.Repeat(MathF.Log(17), 2)], Ops.LogSumExp(x).ToArray(), 1e-6);
        var uniform = Ops.Attend(x, x, x, Segments.One(2).Against(Segments.One(2)), new(new(1, 1, 17, 17, 1), 0, "small"), default(FullMask), default(NoBias));
        Near([.. Enumerable.Range(0, 34).Select(i => (numbers[i % 17] + numbers[17 + i % 17]) / 2)], uniform.ToArray(), 3e-45);
    }

    [Fact]
    public void No_rows_at_all_pass_through_every_operation_forward_and_backward()
    {
        using var set = new ParameterSet();
        Parameter table = set.Root.Parameter("table", [5, 4], Init.Xavier()), gain = set.Root.Parameter("gain", [4], Init.One);
        Parameter up = set.Root.Parameter("up", [9, 4], Init.Xavier()), down = set.Root.Parameter("down", [4, 9], Init.Xavier());
        set.Initialise(1);
        using var gradients = new Gradients(set);
        using var pass = Pass.Train(workspace, 1);
        var x = Ops.Dropout(Ops.Embed(pass, table, []), 0.1f);
        x = Ops.AddTable(x, pass.From(new float[4], [1, 4]), []);
        x = Ops.LayerNorm(Ops.RmsNorm(x, gain, 1e-5f), gain, gain, 1e-5f);
        x = Ops.Attend(x, x, x, new Segments([0, 0]).Against(new Segments([0, 0])), new(new(2, 2, 2, 2, 1), 0.1f, "none"), default(CausalMask), default(NoBias));
        x = Ops.Gate<Silu>(Ops.Map<Gelu>(x), Ops.Scale(x, 2));
        x = Ops.Residual(x, Ops.Linear(Ops.Linear<Relu>(x, up), down), 0.1f);
        Assert.Equal(0, x.Shape.Count);
        var loss = Ops.ProjectedCrossEntropy(x, table, [], new() { LabelSmoothing = 0.1f });
        Assert.Equal(0, loss.Loss.Scalar);
        Assert.Equal(0, Ops.CrossEntropy(Ops.Linear(x, table), [], new()).Loss.Scalar);
        pass.Backward(loss.Loss, gradients);
        Assert.All(gradients.Flat.Span.ToArray(), value => Assert.Equal(0, value));
    }

    public void Dispose()
    {
        workspace.Dispose();
        backend.Dispose();
    }

    static Tensor Draw(Pass pass, ulong seed, Shape shape)
    {
        var random = new CounterRandom(seed, 1);
        var x = pass.New(shape);
        for (nint i = 0; i < shape.Count; i++) x.Data[i] = random.NextNormal();
        return x;
    }

    static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, double distance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < found.Length; i++)
            if (!(Math.Abs((double)expected[i] - found[i]) <= distance)) Assert.Fail($"Number {i} is {found[i]:R}; {expected[i]:R} was expected.");
    }
}

using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>A NaN that a kernel reads is a NaN in what it writes, wherever in a vector or in a tail it stood and whatever zero it met.</summary>
public sealed class NaNTests
{
    public static TheoryData<string> Names => [.. Kernels.Keys];

    // Each reads x, which holds the NaN, and zeros, which must not hide it; it says where it wrote.
    static readonly Dictionary<string, Func<Trial, Floats>> Kernels = new()
    {
        ["add"] = t => t.Into(y => Elementwise.Add(Crew.One, t.Zeros.Data, t.X.Data, y.Data)),
        ["add scaled"] = t => t.Into(y => Elementwise.AddScaled(Crew.One, t.X.Data, 0, y.Data)),
        ["multiply"] = t => t.Into(y => Elementwise.Multiply(Crew.One, t.X.Data, t.Zeros.Data, y.Data)),
        ["add product"] = t => t.Into(y => Elementwise.AddProduct(Crew.One, t.Zeros.Data, t.X.Data, y.Data)),
        ["ReLU"] = t => t.Into(y => Elementwise.Map<Relu>(Crew.One, t.X.Data, y.Data)),
        ["ReLU back, gradient"] = t => t.Into(y => Elementwise.MapBack<Relu>(Crew.One, t.Zeros.Data, t.X.Data, y.Data, accumulate: false)),
        ["GELU back, value"] = t => t.Into(y => Elementwise.MapBack<Gelu>(Crew.One, t.X.Data, t.Zeros.Data, y.Data, accumulate: false)),
        ["gate, before F"] = t => t.Into(y => Elementwise.Gate<Silu>(Crew.One, t.X, t.Zeros, y)),
        ["gate, what passes"] = t => t.Into(y => Elementwise.Gate<Relu>(Crew.One, t.Zeros, t.X, y)),
        ["gate back"] = t => t.Into(y => Elementwise.GateBack<Relu>(Crew.One, t.Zeros, t.Zeros, t.X, y, t.Numbers(), accumulate: false)),
        ["columns"] = t => t.Into(t.Row, sums => Reduce.Columns(Crew.One, t.X, sums, accumulate: false)),
        ["softmax"] = t => t.Into(y => Reduce.Softmax(Crew.One, t.X, y)),
        ["softmax back, gradient"] = t => t.Into(y => Reduce.SoftmaxBack(Crew.One, t.Zeros, t.X, y, accumulate: false)),
        ["log-softmax"] = t => t.Into(y => Reduce.LogSoftmax(Crew.One, t.X, y)),
        ["log-sum-exp"] = t => t.Into(t.Column, sums => Reduce.LogSumExp(Crew.One, t.X, sums)),
        ["mixture"] = t => t.Into(y => Reduce.Mixture(Crew.One, [t.Zeros, t.X], y)),
        ["layer norm"] = t => t.Into(y => Reduce.LayerNorm(Crew.One, t.X, t.Row, t.Row, 1e-5f, y, t.Column, t.Numbers().Data.Slice(0, Trial.Rows))),
        ["layer norm back"] = t => t.Into(y => Reduce.LayerNormBack(Crew.One, t.Zeros, t.Row, t.Column, t.Column, t.X, y, false, default, default)),
        ["layer norm back, gain"] = t => t.Into(t.Row, sums => Reduce.LayerNormBack(Crew.One, t.Zeros, default, t.Column, t.Column, t.X, t.Numbers(), false, sums, default)),
        ["RMS norm"] = t => t.Into(y => Reduce.RmsNorm(Crew.One, t.X, t.Row, 1e-5f, y, t.Column)),
        ["RMS norm back"] = t => t.Into(y => Reduce.RmsNormBack(Crew.One, t.Zeros, t.Row, t.Column, t.X, y, false, default)),
        ["dropout"] = t => t.Into(y => Dropout.Apply(Crew.One, t.X.Data, y.Data, 0.9f, 3)),
        ["residual"] = t => t.Into(y => Dropout.Residual(Crew.One, t.X.Data, t.Zeros.Data, y.Data, 0.5f, 3)),
        ["gather"] = t => t.Into(y => Gather.Rows(Crew.One, t.X, [2, 1, 0], 0, y)),
        ["scatter"] = t => t.Into(y => Gather.ScatterAdd(Crew.One, t.X, [1, 1, 1], 0, y)),
        ["cross-entropy"] = t => t.Into(t.Column, losses => CrossEntropy.Rows(Crew.One, t.X, [0, 1, 2], new(), losses, default, default)),
        ["cross-entropy, gradient"] = t => t.Into(y => CrossEntropy.Rows(Crew.One, t.X, [0, 1, 2], new() { Smoothing = 0.1f }, t.Column, default, y)),
        ["product, left factor"] = t => t.Into(t.Square, y => Matrix.Multiply(Crew.One, t.X, t.Zeros.Transposed, MatrixView.Of(y, Trial.Rows, Trial.Rows))),
        ["product, right factor"] = t => t.Into(t.Square, y => Matrix.Multiply(Crew.One, t.Zeros, t.X.Transposed, MatrixView.Of(y, Trial.Rows, Trial.Rows))),
        ["sum"] = t => t.Into(t.Column, sum => sum[0] = (float)Reduce.Sum(Crew.One, t.X.Data)),
        ["sum of squares"] = t => t.Into(t.Column, sum => sum[0] = (float)Reduce.SumOfSquares(Crew.One, t.X.Data)),
        ["Adam"] = t => t.Into(y => Optimizers.Adam(Crew.One, y.Data, t.X.Data, t.Numbers().Data, t.Zeros.Data, default, new AdamOptions(), 1)),
        ["AMSGrad"] = t => t.Into(y => Optimizers.Adam(Crew.One, y.Data, t.X.Data, t.Zeros.Data, t.Numbers().Data, t.Numbers().Data, new AdamOptions(), 1)),
        ["AMSGrad, greatest"] = t => t.Into(y => Optimizers.Adam(Crew.One, y.Data, t.Zeros.Data, t.Numbers().Data, t.Numbers().Data, t.X.Data, new AdamOptions(), 2)),
        ["SGD"] = t => t.Into(y => Optimizers.Sgd(Crew.One, y.Data, t.X.Data, t.Zeros.Data, new SgdOptions { Momentum = 0.9 }, 2)),
        ["AdaGrad"] = t => t.Into(y => Optimizers.AdaGrad(Crew.One, y.Data, t.X.Data, t.Zeros.Data, new AdaGradOptions(), 1)),
        ["RMSProp"] = t => t.Into(y => Optimizers.RmsProp(Crew.One, y.Data, t.X.Data, t.Zeros.Data, default, new RmsPropOptions())),
    };

    [Theory, MemberData(nameof(Names))]
    public void A_kernel_hands_it_on(string name)
    {
        foreach (var place in (int[])[0, 15, 16, 36, Trial.Columns + 31, 3 * Trial.Columns - 1])
        {
            using var trial = new Trial();
            trial.X.Data[place] = float.NaN;
            Assert.True(Kernels[name](trial).Span.ToArray().Any(float.IsNaN), $"The NaN at {place} of [{Trial.Rows}, {Trial.Columns}] is gone.");
        }
    }

    [Fact]
    public void Every_query_that_sees_it_in_a_key_or_a_value_shows_it()
    {
        foreach (var (mask, sees) in ((IMask, Func<int, int, bool>)[])[(new FullMask(), (_, _) => true), (new CausalMask(), (i, j) => j <= i), (new BlockMask(64), (i, j) => i / 64 == j / 64)])
            foreach (var key in (int[])[0, 17, 63, 64, 99])
                foreach (var inKeys in (bool[])[true, false])
                {
                    using var problem = new AttentionCase(Shape(1, 16), Self(100));
                    var rows = inKeys ? problem.Inputs.Keys : problem.Inputs.Values;
                    rows.Data.Slice(key * rows.Stride, 16).Span.Fill(float.NaN);
                    Forward(problem, mask);
                    for (var i = 0; i < 100; i++)
                        if (sees(i, key)) Assert.All(Row(problem.Outputs.Output, i), value => Assert.True(float.IsNaN(value), $"{mask}: query {i} hides the NaN of key {key}."));
                }
    }

    [Fact]
    public void The_gradient_of_an_output_shows_it_in_the_query_and_in_every_key_and_value_it_saw()
    {
        using var problem = new AttentionCase(Shape(1, 16), Self(100));
        problem.Forward(Crew.Three, Rule(new CausalMask()));
        problem.OutputGradient.Data.Slice(70 * problem.OutputGradient.Stride, 16).Span.Fill(float.NaN);
        problem.Backward(Crew.Three, Rule(new CausalMask()));
        Assert.All(Row(problem.Gradients.Queries, 70), value => Assert.True(float.IsNaN(value)));
        for (var j = 0; j <= 70; j++)
            Assert.All([.. Row(problem.Gradients.Keys, j), .. Row(problem.Gradients.Values, j)], value => Assert.True(float.IsNaN(value), $"Key {j} hides it."));
        Assert.All(Row(problem.Gradients.Queries, 69), value => Assert.True(float.IsFinite(value)));
    }

    static void Forward(AttentionCase problem, IMask mask)
    {
        switch (mask)
        {
            case FullMask full: problem.Forward(Crew.Three, Rule(full)); break;
            case CausalMask causal: problem.Forward(Crew.Three, Rule(causal)); break;
            case BlockMask block: problem.Forward(Crew.Three, Rule(block)); break;
            default: throw new ArgumentException($"No kernel is compiled here for {mask}.", nameof(mask));
        }
    }

    static float[] Row(StridedRows rows, int row) => rows.Data.Slice(row * rows.Stride, 16).Span.ToArray();

    sealed class Trial : IDisposable
    {
        public const int Rows = 3, Columns = 37;

        readonly Room room = new();

        public Trial()
        {
            X = room.Matrix(Rows, Columns);
            Zeros = Numbers();
            (Column, Row, Square) = (Cleared(Rows), Cleared(Columns), Cleared(Rows * Rows));
        }

        public MatrixView X { get; }

        public MatrixView Zeros { get; }

        public Floats Column { get; }

        public Floats Row { get; }

        public Floats Square { get; }

        public MatrixView Numbers() => MatrixView.Of(Cleared(Rows * Columns), Rows, Columns);

        public Floats Into(Action<MatrixView> write)
        {
            var y = Numbers();
            write(y);
            return y.Data;
        }

        public Floats Into(Floats y, Action<Floats> write)
        {
            write(y);
            return y;
        }

        Floats Cleared(nint length)
        {
            var floats = room.Take(length);
            floats.Clear();
            return floats;
        }

        public void Dispose() => room.Dispose();
    }
}

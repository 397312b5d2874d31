using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>A number that is not finite is traced to the operation that made it, for every operation there is.</summary>
public sealed class WatchTests : OnePass
{
    public static TheoryData<string> WithOperands => [.. Samples.All.Where(sample => sample.Operands.Length > 0).Select(sample => sample.Name)];

    public static TheoryData<string> WithTables => [.. Samples.All.Where(sample => sample.Tables.Length > 0).Select(sample => sample.Name)];

    [Theory, MemberData(nameof(WithOperands))]
    public void NaN_in_any_operand_is_noticed_in_the_operation_that_reads_it(string name)
    {
        var sample = Samples.Called(name);
        for (var bad = 0; bad < sample.Operands.Length; bad++)
        {
            var fault = Forward(sample, operand: bad, table: -1);
            Assert.StartsWith("Forward, " + OperationOf(name), fault.Message, StringComparison.Ordinal);
            Assert.Contains("the result ", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(WithTables))]
    public void NaN_in_any_parameter_is_noticed_and_the_parameter_is_named(string name)
    {
        var sample = Samples.Called(name);
        for (var bad = 0; bad < sample.Tables.Length; bad++)
        {
            var fault = Forward(sample, operand: -1, table: bad);
            Assert.StartsWith($"Forward, {OperationOf(name)} at layer", fault.Message, StringComparison.Ordinal);
            Assert.Contains($"The parameter layer.{bad} {sample.Tables[bad]} is NaN at [0", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(WithOperands))]
    public void A_gradient_that_is_not_finite_is_noticed_in_the_operation_that_makes_it(string name)
    {
        var sample = Samples.Called(name);
        foreach (var arriving in (float[])[float.PositiveInfinity, float.NaN])
        {
            var fault = Found(() =>
            {
                using var trial = new Trial(sample, Workspace);
                var y = trial.Forward();
                trial.Pass.Backward([(y, [.. Enumerable.Repeat(arriving, (int)y.Shape.Count)])], trial.Gradients);
            });
            Assert.StartsWith("Backward, " + OperationOf(name), fault.Message, StringComparison.Ordinal);
            Assert.Contains("the gradient of ", fault.Message, StringComparison.Ordinal);
            Assert.False(double.IsFinite(fault.OffendingNumber));
        }
    }

    [Theory, MemberData(nameof(WithOperands))]
    public void Nothing_is_said_where_all_is_finite(string name)
    {
        Assert.Null(Workspace.FindNotFinite(() =>
        {
            using var trial = new Trial(Samples.Called(name), Workspace);
            var y = trial.Forward();
            trial.Pass.Backward([(y, [.. Enumerable.Repeat(0.5f, (int)y.Shape.Count)])], trial.Gradients);
        }));
    }

    [Fact]
    public void An_operation_without_parameters_is_placed_behind_what_it_read()
    {
        var set = new ParameterSet();
        var weight = (set.Root / "decoder" / 3 / "feed" / "second").Parameter("weight", [4, 4], Init.Xavier());
        set.Initialise(1);
        using (set)
        {
            var fault = Found(() =>
            {
                using var pass = Pass.Infer(Workspace);
                var x = pass.From([1e38f, 0, 0, 0], [1, 4]);
                var y = Ops.Scale(Ops.Linear(x, weight), 0);
                Ops.Residual(pass.From([3e38f, 0, 0, 0], [1, 4]), Ops.Add(pass.From([3e38f, 0, 0, 0], [1, 4]), y), 0);
            });
            Assert.Equal("Forward, Residual after decoder.3.feed.second: the result [1, 4] is Infinity at [0, 0].", fault.Message);
        }
    }

    [Fact]
    public void A_workspace_is_watched_only_while_it_is_asked_to_be()
    {
        Workspace.FindNotFinite(() => Assert.True(Workspace.Watched));
        Assert.False(Workspace.Watched);
        using var pass = Pass.Infer(Workspace);
        Assert.Equal(float.NaN, Ops.Scale(pass.From([float.NaN], [1, 1]), 2).Scalar);
    }

    static string OperationOf(string sample) => sample.Split(' ')[0] switch { "Add" => "Residual", var name => name };

    NotFiniteNumberException Found(Action act)
    {
        var found = Workspace.FindNotFinite(act);
        Assert.NotNull(found);
        return found;
    }

    NotFiniteNumberException Forward(Sample sample, int operand, int table) => Found(() =>
    {
        using var trial = new Trial(sample, Workspace);
        if (operand >= 0) trial.X[operand].Data.Span.Fill(float.NaN);
        if (table >= 0) trial.Set[$"layer.{table}"].Value.Span.Fill(float.NaN);
        trial.Forward();
    });

    sealed class Trial : IDisposable
    {
        readonly Sample sample;

        public Trial(Sample sample, Workspace workspace)
        {
            this.sample = sample;
            for (var i = 0; i < sample.Tables.Length; i++) (Set.Root / "layer").Parameter($"{i}", sample.Tables[i], Init.Normal(0.5f));
            Set.Initialise(3);
            Gradients = new Gradients(Set);
            Pass = Pass.Train(workspace, 5);
            var random = new CounterRandom(4, 4);
            X = Array.ConvertAll(sample.Operands, shape =>
            {
                var x = Pass.New(shape);
                for (nint i = 0; i < shape.Count; i++) x.Data[i] = random.NextNormal();
                return x;
            });
        }

        public ParameterSet Set { get; } = new();

        public Gradients Gradients { get; }

        public Pass Pass { get; }

        public Tensor[] X { get; }

        public Tensor Forward() => sample.Forward(new(Pass, X, [.. Set.Parameters]));

        public void Dispose()
        {
            Pass.Dispose();
            Gradients.Dispose();
            Set.Dispose();
        }
    }
}

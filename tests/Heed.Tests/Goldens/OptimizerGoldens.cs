using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests.Goldens;

/// <summary>torch.optim: parameters and state after each of five steps.</summary>
public sealed class OptimizerGoldens
{
    const int Steps = 5;

    static readonly Dictionary<string, Optimizer> optimizers = new()
    {
        ["adam"] = new Adam { Beta2 = 0.999, Epsilon = 1e-8 },
        ["adam_amsgrad"] = new Adam { Beta2 = 0.999, Epsilon = 1e-8, AmsGrad = true },
        ["adam_l2_betas"] = new Adam { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-4, WeightDecay = 0.1 },
        ["adamw"] = new AdamW { Beta2 = 0.98, Epsilon = 1e-6, WeightDecay = 0.1 },
        ["adagrad"] = new AdaGrad { Epsilon = 1e-10 },
        ["rmsprop"] = new RmsProp { Alpha = 0.9, Epsilon = 1e-6, Momentum = 0.5 },
        ["sgd_momentum_dampening"] = new Sgd { Momentum = 0.9, Dampening = 0.3 },
        ["sgd_momentum_nesterov"] = new Sgd { Momentum = 0.9, Nesterov = true, WeightDecay = 0.05 },
    };

    static readonly Dictionary<string, string> stateNames = new()
    {
        ["exp_avg"] = "mean", ["exp_avg_sq"] = "square", ["max_exp_avg_sq"] = "greatest",
        ["sum"] = "sum", ["square_avg"] = "square", ["momentum_buffer"] = "velocity",
    };

    public static TheoryData<string> Names => [.. optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Five_steps_are_PyTorchs(string name)
    {
        var golden = new Golden("optim/" + name);
        var optimizer = optimizers[name];
        var parameters = Join(golden, "param.", 0);
        using var values = Copy(parameters);
        using var slopes = new FloatMemory(parameters.Length);
        FloatMemory[] state = [.. optimizer.StateNames.Select(_ => Copy(new float[parameters.Length]))];
        // PyTorch's AdaGrad may start from a sum that is not zero, and here it does.
        if (name == "adagrad") state[0].Floats.Span.Fill(0.1f);
        for (var step = 1; step <= Steps; step++)
        {
            Join(golden, "grad.", step).CopyTo(slopes.Floats.Span);
            optimizer.Step(Cpu.Two, golden["lr"][step - 1], new(Of(values, parameters.Length), Of(slopes, parameters.Length), 1, step),
                [.. state.Select(memory => Of(memory, parameters.Length))]);
            Near.Values(Join(golden, "param.", step), Of(values, parameters.Length).Span, $"parameters of step {step}");
            foreach (var kind in Kinds(golden))
                Near.Values(Join(golden, $"state.{kind}.", step), Of(state[Index(optimizer, kind)], parameters.Length).Span,
                    $"{kind} of step {step}");
        }
        foreach (var memory in state) memory.Dispose();
    }

    [Fact]
    public void The_trainer_clips_and_follows_its_schedule_as_PyTorch_does()
    {
        var golden = new Golden("optim/adamw_clip_schedule");
        using var parameters = new ParameterSet();
        Parameter[] tables = [parameters.Root.Parameter("first", [3, 4], Init.Zero), parameters.Root.Parameter("second", [5], Init.Zero)];
        parameters.Initialise(1);
        for (var i = 0; i < tables.Length; i++) golden[$"param.{i}.step0"].CopyTo(tables[i].Value.Span);
        var options = new TrainingOptions
        {
            Steps = Steps,
            ClipNorm = 1,
            Optimizer = new AdamW { Beta2 = 0.999, Epsilon = 1e-8, WeightDecay = 0.01 },
            Schedule = new ConstantSchedule { Peak = 0.1, Warmup = 5 },
        };
        var model = new GivenGradients(tables, golden);
        using var trainer = new Trainer(model, parameters, Cpu.Two, options);
        for (var step = 1; step <= Steps; step++)
        {
            model.Step = step;
            var report = trainer.Step([new PairBatch(Tokens.Of([[0]]), Tokens.Of([[0]]), new int[1])]);
            Near.Values([golden["lr"][step - 1]], [(float)report.Rate], $"rate of step {step}");
            Near.Values(golden[$"total_norm.step{step}"], [(float)report.GradientNorm], $"norm of step {step}");
            for (var i = 0; i < tables.Length; i++)
                Near.Values(golden[$"param.{i}.step{step}"], tables[i].Value.Span, $"parameter {i} of step {step}");
        }
    }

    static IEnumerable<string> Kinds(Golden golden)
        => golden.Names.Where(name => name.StartsWith("state.", StringComparison.Ordinal)).Select(name => name.Split('.')[1]).Distinct();

    static int Index(Optimizer optimizer, string kind) => optimizer.StateNames.ToList().IndexOf(stateNames[kind]);

    static float[] Join(Golden golden, string prefix, int step) => [.. golden[$"{prefix}0.step{step}"], .. golden[$"{prefix}1.step{step}"]];

    static FloatMemory Copy(float[] values)
    {
        var memory = new FloatMemory(values.Length);
        values.CopyTo(memory.Floats.Span);
        return memory;
    }

    static Floats Of(FloatMemory memory, int length) => memory.Floats.Slice(0, length);

    sealed class GivenGradients(Parameter[] tables, Golden golden) : ITrainable<PairBatch>
    {
        public int Step { get; set; }

        public TokenLoss Loss(Pass pass, PairBatch batch, LossOptions options)
        {
            var loss = pass.From([0], Shape.Scalar);
            pass.Record(new Given(loss, tables, golden, Step));
            return new(loss, pass.Rent(1));
        }
    }

    sealed class Given(Tensor loss, Parameter[] tables, Golden golden, int step) : Op(loss)
    {
        public override void Backward(Adjoints d)
        {
            for (var i = 0; i < tables.Length; i++) golden[$"grad.{i}.step{step}"].CopyTo(d.Into(tables[i])!.Value.Span);
        }
    }
}

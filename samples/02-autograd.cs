#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Gradients: a pass writes down its operations and runs them backward. The tape against a difference, then a loop that learns.

using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
var parameters = new ParameterSet();
var model = new Classifier(parameters.Root);
parameters.Initialise(seed: 1);
var points = Points.Draw(count: 200);

// dL/dw, by the tape and by moving w a little in both directions.
var watched = parameters["first.weight"];
using (var gradients = new Gradients(parameters))
{
    using (var pass = Pass.Differentiate(workspace)) pass.Backward(model.Loss(pass, points, new LossOptions { Weight = 1f / points.Classes.Length }).Loss, gradients);
    Console.WriteLine($"dL/dw by the tape {gradients.Of(watched)[0]:F4}, by a difference {(LossAt(+1e-2f) - LossAt(-1e-2f)) / 2e-2:F4}");
}

// Whatever can tell the loss of a batch can be trained.
using var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = 200, LabelSmoothing = 0, Schedule = new ConstantSchedule { Peak = 0.02 } });
for (var step = 1; step <= 200; step++)
    if (trainer.Step([points]) is { Number: 1 or 50 or 200 } report) Console.WriteLine($"step {report.Number}: loss {report.Loss:F3}, gradient norm {report.GradientNorm:F3}");

double LossAt(float by)
{
    watched.Value[0] += by;
    using var pass = Pass.Infer(workspace);
    var loss = model.Loss(pass, points, new LossOptions { Weight = 1f / points.Classes.Length }).Loss.Scalar;
    watched.Value[0] -= by;
    return loss;
}

/// <summary>softmax(W₂ tanh(W₁x + b₁))</summary>
sealed class Classifier(Scope p) : ITrainable<Points>
{
    readonly Parameter first = p.Parameter("first.weight", [8, 2], Init.Xavier()), bias = p.Parameter("first.bias", [8], Init.Zero), second = p.Parameter("second.weight", [2, 8], Init.Xavier());

    public TokenLoss Loss(Pass pass, Points batch, LossOptions options)
        => Ops.CrossEntropy(Ops.Linear(Ops.Linear<Tanh>(pass.From(batch.Places, [batch.Classes.Length, 2]), first, bias), second), batch.Classes, options);
}

/// <summary>Points inside a circle are of class 1.</summary>
sealed record Points(float[] Places, int[] Classes) : Batch
{
    public override int TargetTokens => Classes.Length;

    public static Points Draw(int count)
    {
        var random = new Random(1);
        float[] places = [.. Enumerable.Range(0, 2 * count).Select(_ => 2 * random.NextSingle() - 1)];
        return new(places, [.. Enumerable.Range(0, count).Select(i => places[2 * i] * places[2 * i] + places[2 * i + 1] * places[2 * i + 1] < 0.5 ? 1 : 0)]);
    }
}

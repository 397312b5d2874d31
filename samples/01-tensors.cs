#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Tensors: numbers with a shape, made in a pass. A batch is a matrix of rows, and segments say which rows are one sentence; there is no padding.

using Heed.Kernels;
using Heed.Tensors;

using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
using var pass = Pass.Infer(workspace);

// Two sentences of three words and of one, each word a row of two numbers.
var rows = new Rows(pass.From([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]), new Segments([3, 1]));
Console.WriteLine($"{rows.Values.Shape}: sentence 0 is rows {rows.Segments.Start(0)} to {rows.Segments.Start(0) + rows.Segments.Length(0) - 1}, sentence 1 begins at row {rows.Segments.Start(1)}");

// Operations take tensors and give tensors of the same pass.
Print("x + x", Ops.Add(rows.Values, rows.Values));
Print("x / 2", Ops.Scale(rows.Values, 0.5f));
Print("tanh x", Ops.Map<Tanh>(rows.Values));

// A matrix of weights is a parameter: it has a name, and outlives the pass. y = xWᵀ + b.
var parameters = new ParameterSet();
Parameter weight = (parameters.Root / "layer").Parameter("weight", [3, 2], Init.Xavier()), bias = (parameters.Root / "layer").Parameter("bias", [3], Init.Zero);
parameters.Initialise(seed: 1);
Print($"x·Wᵀ + b with {weight.Path} {weight.Shape}", Ops.Linear(rows.Values, weight, bias));

// Shapes are checked by letters, and the message says both.
try
{
    Ops.Linear(pass.From([1, 2, 3], [1, 3]), weight);
}
catch (ArgumentException fault)
{
    Console.WriteLine(fault.Message);
}

static void Print(string name, Tensor x)
{
    Console.WriteLine($"{name} {x.Shape}");
    var numbers = x.ToArray();
    for (var i = 0; i < x.Shape.Rows; i++) Console.WriteLine("  " + string.Join(" ", numbers.Skip(i * (int)x.Shape.Columns).Take((int)x.Shape.Columns).Select(value => $"{value,7:F3}")));
}

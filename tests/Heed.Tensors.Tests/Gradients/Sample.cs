using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>One operation with the shapes it is tried on.</summary>
/// <param name="Name">what it is called in the test's list</param>
/// <param name="Forward">the operation</param>
/// <param name="Operands">the tensors it reads, all of them differentiated</param>
/// <param name="Tables">the parameters it reads, all of them differentiated</param>
sealed record Sample(string Name, Func<Inputs, Tensor> Forward, Shape[] Operands, params Shape[] Tables)
{
    /// <summary>How far from zero matrices of parameters reach; small where a product must not cross a kink.</summary>
    public float Reach { get; init; } = 1;
}

/// <summary>What a sample computes with.</summary>
sealed record Inputs(Pass Pass, Tensor[] X, Parameter[] P)
{
    /// <summary>The same with operands chosen by number, some of them more than once.</summary>
    public Inputs Operands(params int[] numbers) => this with { X = Array.ConvertAll(numbers, number => X[number]) };
}

/// <summary>An operation for every function of one number there is.</summary>
static class FunctionSamples
{
    public static IEnumerable<Type> Functions => Concrete(typeof(IFunction));

    /// <summary>Structs of the kernels that implement a seam.</summary>
    public static IEnumerable<Type> Concrete(Type seam)
        => typeof(IFunction).Assembly.GetTypes().Where(type => type.IsValueType && seam.IsAssignableFrom(type));

    public static IEnumerable<Sample> All => Functions.SelectMany(
        function => (Sample[])typeof(FunctionSamples).GetMethod(nameof(Of))!.MakeGenericMethod(function).Invoke(null, null)!);

    public static Sample[] Of<F>() where F : struct, IFunction =>
    [
        new($"Map {typeof(F).Name}", i => Ops.Map<F>(i.X[0]), [[3, 7]]),
        new($"Gate {typeof(F).Name}", i => Ops.Gate<F>(i.X[0], i.X[1]), [[3, 5], [3, 5]]),
        new($"Gate {typeof(F).Name} of a tensor with itself", i => Ops.Gate<F>(i.X[0], i.X[0]), [[1, 5]]),
        new($"Linear {typeof(F).Name}", i => Ops.Linear<F>(i.X[0], i.P[0], i.P[1]), [[3, 5]], [17, 5], [17]) { Reach = 0.04f },
    ];
}

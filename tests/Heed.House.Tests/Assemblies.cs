using System.Reflection;

namespace Heed.House.Tests;

/// <summary>The assemblies of the house, lowest floor first.</summary>
static class Assemblies
{
    public static Assembly Kernels { get; } = typeof(Kernels.Floats).Assembly;

    public static Assembly Text { get; } = typeof(Text.Tokenizer).Assembly;

    public static Assembly Tensors { get; } = typeof(Tensors.Tensor).Assembly;

    public static Assembly Heed { get; } = typeof(Models.Transformer).Assembly;

    public static Assembly Cli { get; } = Assembly.Load("Heed.Cli");

    public static IReadOnlyList<Assembly> Libraries { get; } = [Kernels, Text, Tensors, Heed];

    public static IReadOnlyList<Assembly> All { get; } = [.. Libraries, Cli];
}

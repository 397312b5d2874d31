using Heed.Tensors;

namespace Heed.Tests;

/// <summary>The processor with one thread and with two, for tests to which the number of threads is nothing or is what they compare.</summary>
static class Cpu
{
    public static CpuBackend One { get; } = new(1);

    public static CpuBackend Two { get; } = new(2);
}

using Heed.Tensors;

namespace Heed.Tests;

/// <summary>The processor with two threads, for tests to which the number of threads is nothing.</summary>
static class Cpu
{
    public static CpuBackend Two { get; } = new(2);
}

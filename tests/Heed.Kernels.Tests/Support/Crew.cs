namespace Heed.Kernels.Tests;

/// <summary>Workers that all tests share.</summary>
static class Crew
{
    public static readonly Workers One = new(1);
    public static readonly Workers Three = new(3);
}

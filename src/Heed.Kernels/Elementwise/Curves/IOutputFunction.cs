using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>A function whose slope follows from what it gave, so that what it was given need not be kept.</summary>
public interface IOutputFunction : IFunction
{
    /// <summary>f′(x) of the x with f(x) = y.</summary>
    static abstract Vector512<float> SlopeAt(Vector512<float> y);
}

using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>A function of one number and its slope, as a type: each kernel that takes it is compiled for it alone.</summary>
public interface IFunction
{
    /// <summary>f(x).</summary>
    static abstract Vector512<float> Value(Vector512<float> x);

    /// <summary>f′(x).</summary>
    static abstract Vector512<float> Slope(Vector512<float> x);
}

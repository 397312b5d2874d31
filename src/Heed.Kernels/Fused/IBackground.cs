using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What of a target is spread over all classes: b_c = w_c (ε/v), or all of a soft target.</summary>
interface IBackground
{
    /// <summary>Whether there is any.</summary>
    static abstract bool Exists { get; }

    /// <summary>Whether Σ b is known beforehand, as <see cref="Total"/>.</summary>
    static abstract bool TotalIsKnown { get; }

    /// <summary>Σ b, where it is known.</summary>
    float Total { get; }

    /// <summary>b of the classes from <paramref name="at"/> on. Where the total is not known, b is 0 beyond the extent.</summary>
    Vector512<float> Load<TExtent>(TExtent extent, nint row, nint at) where TExtent : struct, IExtent;
}

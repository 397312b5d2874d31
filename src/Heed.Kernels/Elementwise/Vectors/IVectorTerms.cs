using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Terms of a sum over a run, sixteen elements at a time.</summary>
interface IVectorTerms
{
    /// <summary>The sum and the terms from <paramref name="at"/> on that the extent reaches, lane by lane; beyond it nothing is added.</summary>
    Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent;
}

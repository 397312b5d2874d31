namespace Heed.Kernels;

/// <summary>Work on a flat run, sixteen elements at a time, each element by itself.</summary>
interface IVectorWork
{
    /// <summary>Does the elements from <paramref name="at"/> on that the extent reaches.</summary>
    void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent;
}

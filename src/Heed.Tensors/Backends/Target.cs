using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Where a gradient goes, and whether it is added to what is there.</summary>
public readonly record struct Target(Floats Floats, bool Accumulate);

using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Sixteen blocks of <see cref="Philox"/>, one a lane: lane i of the four vectors are the four words of block i.</summary>
/// <param name="X0">The first words.</param>
/// <param name="X1">The second words.</param>
/// <param name="X2">The third words.</param>
/// <param name="X3">The fourth words.</param>
public readonly record struct PhiloxBlocks(Vector512<uint> X0, Vector512<uint> X1, Vector512<uint> X2, Vector512<uint> X3);

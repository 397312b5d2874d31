using Heed.Tensors;

namespace Heed.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">its name</param>
/// <param name="Type">its number format as the file spells it, such as F32</param>
/// <param name="Shape">the sizes of its axes</param>
/// <param name="Start">where it begins, in bytes from the end of the header</param>
/// <param name="End">where it ends</param>
public sealed record SafeTensorsEntry(string Name, string Type, Shape Shape, long Start, long End);

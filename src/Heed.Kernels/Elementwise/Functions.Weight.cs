using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>eˣ for x ≤ 88, but 0 for x &lt; −87, where it would soon be denormal: a weight of a softmax, x the distance from the greatest score.</summary>
    /// <remarks>The same bits as <see cref="Exp(Vector512{float})"/> from −87 on. Without limits on x, because what lies below is thrown away.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Weight(Vector512<float> x)
    {
        var power = Reduce(x, out var n);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-87f)), Vector512<float>.Zero, power * PowerOfTwo(n));
    }
}

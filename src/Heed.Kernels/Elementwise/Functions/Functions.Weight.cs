using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>eˣ for x ≤ 88, but 0 for x &lt; −87, where it would soon be denormal: a weight of a softmax, x the distance from the greatest score.</summary>
    /// <remarks>The same bits as <see cref="Exp(Vector512{float})"/> from −87 on. Without limits on x, because what lies below is thrown away.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Weight(Vector512<float> x) => Apply<WeightFormula>(x);

    readonly struct WeightFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T> => T.Select(x < T.Of(-87f), T.Of(0f), ExpWithin(x));
    }
}

namespace Heed.Tests;

/// <summary>|a − b| ≤ t + t·|b| for every element: t is 1e-5 for values and 1e-4 for gradients, as the goldens ask.</summary>
static class Near
{
    public static void Values(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) => Within(1e-5, expected, actual, what);

    public static void Gradients(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) => Within(1e-4, expected, actual, what);

    public static void Within(double tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs((double)expected[i] - actual[i]) <= tolerance * (1 + Math.Abs((double)expected[i]))))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:R}, expected {expected[i]:R}.");
    }

    /// <summary>The same bits, NaN and signed zeros told apart.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:R}, expected exactly {expected[i]:R}.");
    }
}

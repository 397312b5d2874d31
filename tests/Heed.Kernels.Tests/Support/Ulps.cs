namespace Heed.Kernels.Tests;

/// <summary>Distances in units in the last place of a correctly rounded float.</summary>
static class Ulps
{
    public static double Between(float found, double exact)
    {
        var rounded = (float)exact;
        if (double.IsNaN(exact)) return float.IsNaN(found) ? 0 : double.PositiveInfinity;
        if (found == rounded) return Math.Abs(found - exact) is var d && double.IsNaN(d) ? 0 : Math.Min(d / Unit(rounded), 0.5);
        if (!float.IsFinite(found) || !float.IsFinite(rounded)) return double.PositiveInfinity;
        return Math.Abs(found - exact) / Unit(rounded);
    }

    static double Unit(float x)
    {
        x = MathF.Abs(x);
        return x >= float.MaxValue ? Math.Pow(2, 104) : Math.Max((double)MathF.BitIncrement(x) - x, float.Epsilon);
    }
}

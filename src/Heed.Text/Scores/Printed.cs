using System.Globalization;

namespace Heed.Text;

/// <summary>Numbers as C and Python print them.</summary>
static class Printed
{
    /// <summary>A fixed number of decimals, a value exactly between two going to the even one, where .NET goes away from zero.</summary>
    public static string Fixed(double value, int decimals)
    {
        var scale = Math.Pow(10, decimals);
        var scaled = value * scale;
        var tie = Math.Abs(scaled - Math.Truncate(scaled)) == 0.5 && Math.FusedMultiplyAdd(value, scale, -scaled) == 0;
        if (tie) value = Math.Round(scaled, MidpointRounding.ToEven) / scale;
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}

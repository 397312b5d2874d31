using System.Globalization;

namespace Heed.Cli.Terminals;

/// <summary>Numbers as people read them, the same in every country.</summary>
static class Human
{
    /// <summary>12,345</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 pair", "12,345 pairs"</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>Bytes in the largest unit that leaves a number of at least one.</summary>
    public static string Bytes(long bytes) => bytes < 1024 ? $"{bytes} B" : Scaled(bytes, 1024, ["KiB", "MiB", "GiB", "TiB"]);

    /// <summary>A quantity with thousand, million and so on as k, M, G, T, P.</summary>
    public static string Quantity(double value, string unit) => Math.Abs(value) < 1000 ? $"{Fixed(value, 0)} {unit}" : Scaled(value, 1000, ["k", "M", "G", "T", "P"]) + unit;

    /// <summary>With so many digits after the point.</summary>
    public static string Fixed(double value, int digits) => value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Three significant digits, as 0.00123 or 1.23e-7.</summary>
    public static string Short(double value)
        => value == 0 ? "0" : value.ToString(Math.Abs(value) switch { >= 1e-4 and < 1e3 => "G3", >= 1e3 and < 1e5 => "F0", _ => "0.##e+0" }, CultureInfo.InvariantCulture);

    /// <summary>12:34 or 1:23:45, whole seconds.</summary>
    public static string Duration(TimeSpan time)
        => time.TotalHours >= 100 ? $"{Fixed(time.TotalDays, 1)} d"
            : time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    static string Scaled(double value, double step, string[] units)
    {
        var unit = -1;
        while (unit < units.Length - 1 && Math.Abs(value) >= step * 0.9995)
        {
            value /= step;
            unit++;
        }
        return $"{Fixed(value, Math.Abs(value) < 9.995 ? 2 : Math.Abs(value) < 99.95 ? 1 : 0)} {units[Math.Max(unit, 0)]}";
    }
}

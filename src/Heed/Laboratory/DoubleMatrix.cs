using System.Globalization;

namespace Heed.Laboratory;

/// <summary>Small matrices in double precision, written as the equations are: what an experiment shows is not what a kernel hides.</summary>
static class DoubleMatrix
{
    /// <summary>c = a·b</summary>
    public static double[,] Times(this double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < c.GetLength(0); i++)
            for (var j = 0; j < c.GetLength(1); j++)
                for (var k = 0; k < b.GetLength(0); k++) c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    /// <summary>aᵀ</summary>
    public static double[,] Transposed(this double[,] a) => Of(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    /// <summary>F(a), cell by cell.</summary>
    public static double[,] Map(this double[,] a, Func<double, double> f) => Of(a.GetLength(0), a.GetLength(1), (i, j) => f(a[i, j]));

    /// <summary>pᵢⱼ = exp(aᵢⱼ) / Σⱼ exp(aᵢⱼ); a row that is all −∞ becomes zeros.</summary>
    public static double[,] Softmax(this double[,] a)
    {
        var p = new double[a.GetLength(0), a.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            var row = Softmax(a.Row(i));
            for (var j = 0; j < row.Length; j++) p[i, j] = row[j];
        }
        return p;
    }

    /// <summary>pⱼ = exp(aⱼ) / Σⱼ exp(aⱼ)</summary>
    public static double[] Softmax(double[] a)
    {
        var greatest = a.Max();
        if (double.IsNegativeInfinity(greatest)) return new double[a.Length];
        var p = Array.ConvertAll(a, value => Math.Exp(value - greatest));
        var sum = p.Sum();
        return Array.ConvertAll(p, value => value / sum);
    }

    /// <summary>H = −Σ pⱼ log₂ pⱼ</summary>
    public static double Entropy(IEnumerable<double> p) => -p.Where(share => share > 0).Sum(share => share * Math.Log2(share));

    /// <summary>Row i.</summary>
    public static double[] Row(this double[,] a, int i) => [.. Enumerable.Range(0, a.GetLength(1)).Select(j => a[i, j])];

    /// <summary>A matrix from its cells.</summary>
    public static double[,] Of(int rows, int columns, Func<int, int, double> cell)
    {
        var a = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) a[i, j] = cell(i, j);
        return a;
    }

    /// <summary>maxᵢⱼ |aᵢⱼ − bᵢⱼ|</summary>
    public static double Distance(this double[,] a, double[,] b)
    {
        var greatest = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < a.GetLength(1); j++) greatest = Math.Max(greatest, Math.Abs(a[i, j] - b[i, j]));
        return greatest;
    }

    /// <summary>A number with so many digits after the point, the same in every country.</summary>
    public static string Fixed(double value, int digits = 3) => value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number in three significant digits.</summary>
    public static string Short(double value) => value == 0 ? "0" : value.ToString(Math.Abs(value) switch { >= 1e-3 and < 1e3 => "G3", >= 1e3 and < 1e5 => "F0", _ => "0.##e+0" }, CultureInfo.InvariantCulture);
}

namespace Heed.Kernels;

/// <summary>What is asked of runs at the public doors.</summary>
static class Lengths
{
    /// <summary>Refuses two runs of different lengths.</summary>
    public static void Equal(Floats x, Floats y, string xName, string yName)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{xName} has {x.Length} floats but {yName} has {y.Length}; they must be as long.", yName);
    }

    /// <summary>Refuses a run that is neither empty nor of the length expected.</summary>
    public static void Optional(Floats x, nint length, string name)
    {
        if (!x.IsEmpty) Exactly(x, length, name);
    }

    /// <summary>Refuses a run that does not have the length expected.</summary>
    public static void Exactly(Floats x, nint length, string name)
    {
        if (x.Length != length) throw new ArgumentException($"{name} has {x.Length} floats; {length} are needed.", name);
    }

    /// <summary>Refuses rows whose columns do not lie side by side.</summary>
    public static void Runs(MatrixView x, string name)
    {
        if (x.ColumnStride != 1 && x.Columns > 1)
            throw new ArgumentException($"{name} is {x}; the columns of a row must lie side by side.", name);
        if (x.RowStride < x.Columns && x.Rows > 1) throw new ArgumentException($"{name} is {x}; rows must not overlap.", name);
    }

    /// <summary>Refuses matrices of different shapes, and a second one whose columns do not lie side by side.</summary>
    public static void Alike(MatrixView x, MatrixView y, string xName, string yName)
    {
        if (x.Rows != y.Rows || x.Columns != y.Columns)
            throw new ArgumentException($"{xName} is [{x.Rows}, {x.Columns}] but {yName} is [{y.Rows}, {y.Columns}]; they must be alike.", yName);
        Runs(y, yName);
    }
}

using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>What computes. A dozen primitives that every backend must have, and fused methods whose bodies here are the reference, written in primitives.</summary>
/// <remarks>
/// A backend overrides the fused methods one at a time, as profiling asks; one contract test compares each with its
/// body here. Destinations are passed in: memory policy is not arithmetic. Shapes were checked by the operation.
/// </remarks>
public abstract partial class Backend : IDisposable
{
    /// <summary>How many threads work at once.</summary>
    public virtual int Threads => 1;

    /// <summary>Does independent jobs, as many at once as there are threads, the operations of each on its own thread alone. One job has all threads.</summary>
    /// <remarks>Threads that work apart wait for nobody and share no rows, which is faster than dividing each operation among them.</remarks>
    /// <param name="count">how many jobs</param>
    /// <param name="job">does the job of a number from 0 to count − 1</param>
    public virtual void Each(int count, Action<int> job)
    {
        for (var i = 0; i < count; i++) job(i);
    }

    /// <summary>Memory it can compute on; what it holds is not defined.</summary>
    public abstract FloatMemory Allocate(nint length);

    /// <summary>y = x</summary>
    public abstract void Copy(Floats x, Floats y);

    /// <summary>y (+)= a·x</summary>
    public abstract void Scale(Floats x, float factor, Floats y, bool accumulate);

    /// <summary>z (+)= x ⊙ y</summary>
    public abstract void Multiply(Floats x, Floats y, Floats z, bool accumulate);

    /// <summary>y = F(x); x may be y.</summary>
    public abstract void Map<F>(Floats x, Floats y) where F : struct, IFunction;

    /// <summary>dx (+)= dy ⊙ F′(x); dx may be dy or x.</summary>
    public abstract void MapBack<F>(Floats x, Floats dy, Floats dx, bool accumulate) where F : struct, IFunction;

    /// <summary>c (+)= a·b</summary>
    public abstract void Product(MatrixView a, MatrixView b, MatrixView c, bool accumulate);

    /// <summary>sums[j] += Σᵢ x[i, j], i in order.</summary>
    public abstract void SumColumns(MatrixView x, Floats sums);

    /// <summary>Σ x</summary>
    public abstract double Sum(Floats x);

    /// <summary>Σ x²</summary>
    public abstract double SumOfSquares(Floats x);

    /// <summary>y[i] = s·table[ids[i]]</summary>
    public abstract void Gather(MatrixView table, ReadOnlySpan<int> ids, float scale, MatrixView y);

    /// <summary>table[ids[i]] += s·x[i], i in order.</summary>
    public abstract void ScatterAdd(MatrixView x, ReadOnlySpan<int> ids, float scale, MatrixView table);

    /// <summary>y (+)= x ⊙ m/(1−rate), m drawn from the seed; x may be y.</summary>
    public abstract void Dropout(Floats x, Floats y, DropoutChoice choice, bool accumulate);

    /// <summary>y += x</summary>
    public void AddTo(Floats x, Floats y) => Scale(x, 1, y, accumulate: true);

    /// <summary>Releases what the backend holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the backend holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

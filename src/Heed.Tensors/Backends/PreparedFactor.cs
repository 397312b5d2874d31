using System.Collections.Concurrent;
using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>The right factor of several products: the matrix itself, or a copy in the order in which a backend reads it.</summary>
public readonly struct PreparedFactor : IDisposable
{
    readonly ConcurrentBag<PackedMatrix>? home;

    internal PreparedFactor(MatrixView view) => View = view;

    internal PreparedFactor(MatrixView view, PackedMatrix packed, ConcurrentBag<PackedMatrix> home) : this(view) => (Packed, this.home) = (packed, home);

    /// <summary>The matrix.</summary>
    public MatrixView View { get; }

    /// <summary>Its copy, or nothing.</summary>
    public PackedMatrix? Packed { get; }

    /// <summary>Gives the copy back.</summary>
    public void Dispose()
    {
        if (Packed is not null) home!.Add(Packed);
    }
}

namespace Heed.Kernels;

/// <summary>The right factor of a product: a view, or panels packed before.</summary>
readonly unsafe struct RightFactor
{
    public RightFactor(MatrixView view) => (View, Rows, Columns) = (view, view.Rows, view.Columns);

    public RightFactor(PackedMatrix packed)
    {
        Panels = packed.Panels;
        (Rows, Columns) = (packed.Rows, packed.Columns);
    }

    public MatrixView View { get; }

    /// <summary>All k of the first panel, then all k of the next; or null.</summary>
    public float* Panels { get; }

    public nint Rows { get; }
    public nint Columns { get; }
}

/// <summary>Packs panels, stretch by stretch, any of which any thread may do.</summary>
readonly unsafe struct PackRight<TLanes, TVector>(MatrixView source, float* target) : IWork
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    const int Stretch = 256;

    static nint Width => Tile<TLanes, TVector>.Columns;

    nint Stretches => (source.Rows + Stretch - 1) / Stretch;

    public void Split(Workers workers)
    {
        nint items = (source.Columns + Width - 1) / Width * Stretches;
        // Some 16 KiB at least are worth a call.
        workers.Split(items, 1 + 4096 / (Width * Math.Min(source.Rows, Stretch) + 1), this);
    }

    public void Run(nint start, nint end)
    {
        var stretches = Stretches;
        for (var item = start; item < end; item++)
        {
            nint panel = item / stretches, k = item % stretches * Stretch, column = panel * Width;
            Panels<TLanes, TVector>.PackRight(
                source.Start + k * source.RowStride + column * source.ColumnStride, source.RowStride, source.ColumnStride,
                Math.Min(Stretch, source.Rows - k), Math.Min(Width, source.Columns - column), target + (panel * source.Rows + k) * Width);
        }
    }
}

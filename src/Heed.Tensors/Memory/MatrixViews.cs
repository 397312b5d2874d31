using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Tensors and parameters as the matrices that kernels see: all axes but the last are rows.</summary>
static class MatrixViews
{
    public static MatrixView AsMatrix(this Tensor tensor) => tensor.AsMatrix(tensor.Data);

    public static MatrixView AsMatrix(this Tensor tensor, Floats data) => MatrixView.Of(data, tensor.Shape.Rows, tensor.Shape.Columns);

    public static MatrixView AsMatrix(this Parameter parameter) => parameter.AsMatrix(parameter.Value);

    public static MatrixView AsMatrix(this Parameter parameter, Floats data) => MatrixView.Of(data, parameter.Shape.Rows, parameter.Shape.Columns);

    public static StridedRows AsStrided(this Tensor tensor) => tensor.AsStrided(tensor.Data);

    public static StridedRows AsStrided(this Tensor tensor, Floats data) => new(data, tensor.Shape.Columns);

    /// <summary>One row, whose columns lie side by side.</summary>
    public static Floats Row(this MatrixView x, nint row) => x.Data.Slice(row * x.RowStride, x.Columns);
}

namespace Heed.Kernels.Tests;

public sealed class MatrixViewTests : IDisposable
{
    readonly FloatMemory memory = new(24);

    public MatrixViewTests()
    {
        for (nint i = 0; i < 24; i++) memory.Floats[i] = i;
    }

    public void Dispose() => memory.Dispose();

    [Fact]
    public void Elements_follow_the_strides()
    {
        var view = MatrixView.Of(memory.Floats, 4, 5, 6);
        Assert.Equal(2 * 6 + 3, view[2, 3]);
        Assert.Equal(2 * 6 + 3, view.Transposed[3, 2]);
        Assert.Equal(2 * 6 + 3, view.RowRange(1, 3)[1, 3]);
        Assert.Equal(2 * 6 + 3, view.ColumnRange(2, 3)[2, 1]);
        Assert.Equal(2 * 6 + 3, view.Transposed.RowRange(2, 2).ColumnRange(1, 2)[1, 1]);
        Assert.Equal(view, view.Transposed.Transposed);
    }

    [Fact]
    public void The_last_row_needs_no_gap_behind_it()
    {
        Assert.Equal(23, MatrixView.Of(memory.Floats, 3, 6, 9)[2, 5]);
        Assert.Throws<ArgumentException>(() => MatrixView.Of(memory.Floats, 3, 7, 9));
    }

    [Fact]
    public void A_view_beyond_the_floats_is_refused_with_both_sizes()
    {
        var thrown = Assert.Throws<ArgumentException>(() => MatrixView.Of(memory.Floats, 5, 5));
        Assert.Contains("[5, 5]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("24", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MatrixView.Of(memory.Floats, -1, 5));
        Assert.Throws<OverflowException>(() => MatrixView.Of(memory.Floats, nint.MaxValue, 3, 3));
    }

    [Fact]
    public void Ranges_and_elements_beyond_the_view_are_refused()
    {
        var view = MatrixView.Of(memory.Floats, 4, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => view.RowRange(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.ColumnRange(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.RowRange(1, nint.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => view[4, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => view[0, 6]);
    }

    [Fact]
    public void Empty_views_and_ranges_at_the_very_end_are_views()
    {
        var view = MatrixView.Of(memory.Floats, 4, 6);
        Assert.True(view.RowRange(4, 0).IsEmpty);
        Assert.True(view.ColumnRange(6, 0).IsEmpty);
        Assert.True(MatrixView.Of(memory.Floats.Slice(24, 0), 0, 6).IsEmpty);
        Assert.True(MatrixView.Of(memory.Floats.Slice(24, 0), 6, 0).RowRange(3, 2).IsEmpty);
    }
}

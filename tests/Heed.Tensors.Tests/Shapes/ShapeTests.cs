namespace Heed.Tensors.Tests;

public class ShapeTests
{
    [Fact]
    public void Rows_are_all_axes_but_the_last()
    {
        Shape shape = [2, 3, 5, 7];
        Assert.Equal((4, 30, 7, 210), (shape.Rank, (int)shape.Rows, (int)shape.Columns, (int)shape.Count));
        Assert.Equal([2, 3, 5, 7], [.. shape]);
        Assert.Equal("[2, 3, 5, 7]", shape.ToString());
    }

    [Fact]
    public void A_vector_is_one_row()
    {
        Shape shape = [5];
        Assert.Equal((1, 5), ((int)shape.Rows, (int)shape.Columns));
    }

    [Fact]
    public void The_default_is_the_scalar_and_holds_one_number()
    {
        Assert.Equal(Shape.Scalar, default);
        Assert.Equal((0, 1, 1, 1), (Shape.Scalar.Rank, (int)Shape.Scalar.Rows, (int)Shape.Scalar.Columns, (int)Shape.Scalar.Count));
        Assert.Equal("[]", Shape.Scalar.ToString());
    }

    [Fact]
    public void Shapes_of_the_same_sizes_are_equal_and_of_another_rank_are_not()
    {
        Assert.Equal(Shape.Create([2, 3]), [2, 3]);
        Assert.NotEqual(Shape.Create([2, 3]), [3, 2]);
        Assert.NotEqual(Shape.Create([2, 1]), [2]);
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create([2, -1]));
        Assert.Throws<ArgumentException>(() => Shape.Create([1, 1, 1, 1, 1]));
        Assert.Throws<OverflowException>(() => Shape.Create([nint.MaxValue, 2]).Count);
        Assert.Contains("[2, 3] has no axis 2", Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create([2, 3])[2]).Message, StringComparison.Ordinal);
    }
}

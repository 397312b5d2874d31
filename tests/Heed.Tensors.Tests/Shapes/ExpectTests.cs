namespace Heed.Tensors.Tests;

public class ExpectTests
{
    [Fact]
    public void A_message_names_the_letter_both_operands_and_both_shapes()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Expect.Axes("n d", [37, 512], "x").And("o d", [8, 256], "weight"));
        Assert.Equal("axis 'd' is 512 in x [37, 512] but 256 in weight [8, 256]. (Parameter 'weight')", thrown.Message);
    }

    [Fact]
    public void A_message_names_the_operand_that_bound_the_letter_rather_than_the_first()
    {
        Refusal.Begins<ArgumentException>("axis 'o' is 7 in weight [7, 5] but 8 in bias [8].", () => Expect.Axes("n i", [3, 5], "x").And("o i", [7, 5], "weight").And("o", [8], "bias"));
    }

    [Fact]
    public void A_letter_that_stands_twice_in_one_operand_has_one_size()
    {
        Expect.Axes("n n", [4, 4], "x");
        Refusal.Begins<ArgumentException>("axis 'n' is 4 in x [4, 5] but 5 in x [4, 5].", () => Expect.Axes("n n", [4, 5], "x"));
    }

    [Fact]
    public void A_message_names_the_axes_that_are_expected()
    {
        Refusal.Begins<ArgumentException>("x has shape [2, 3, 4], but 2 axes are expected: [n, d].", () => Expect.Axes("n d", [2, 3, 4], "x"));
    }

    [Fact]
    public void Sizes_of_zero_are_sizes()
    {
        Expect.Axes("n d", [0, 3], "x").And("n", [0], "y");
        Assert.Throws<ArgumentException>(() => Expect.Axes("n d", [0, 3], "x").And("n", [1], "y"));
    }

    [Fact]
    public void A_check_that_succeeds_allocates_nothing()
    {
        Shape x = [3, 5], weight = [7, 5], bias = [7];
        static void Check(Shape x, Shape weight, Shape bias) => Expect.Axes("n i", x, "x").And("o i", weight, "weight").And("o", bias, "bias");
        Check(x, weight, bias);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Check(x, weight, bias);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}

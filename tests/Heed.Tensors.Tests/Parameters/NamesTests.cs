namespace Heed.Tensors.Tests;

public class NamesTests
{
    [Theory]
    [InlineData("widht", "width")]
    [InlineData("HEADS", "heads")]
    [InlineData("head", "heads")]
    [InlineData("", "depth")]
    public void The_nearest_name_takes_the_fewest_changes(string name, string nearest)
        => Assert.Equal(nearest, Names.Nearest(name, ["width", "heads", "depth"]));

    [Fact]
    public void Without_candidates_there_is_none() => Assert.Throws<ArgumentException>(() => Names.Nearest("a", []));
}

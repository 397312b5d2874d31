using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Tests.PositionKinds;

public sealed class DependencyTreeTests
{
    // the cat sat on the red mat: the→cat, cat→sat, sat root, on→mat, the→mat, red→mat, mat→sat
    static readonly DependencyTree sentence = new([2, 3, 0, 7, 7, 7, 3]);

    [Fact]
    public void Depths_are_steps_from_the_root()
    {
        Assert.Equal(2, sentence.Root);
        Assert.Equal([2, 1, 0, 2, 2, 2, 1], sentence.Depths.ToArray());
        Assert.Equal([0, 1, 2, 3], new DependencyTree([0, 1, 2, 3]).Depths.ToArray());
        Assert.Equal([3, 2, 1, 0], new DependencyTree([2, 3, 4, 0]).Depths.ToArray());
    }

    [Fact]
    public void Along_a_path_distances_are_differences_of_depth_and_across_it_sums_signed_by_order()
    {
        Assert.Equal(0, sentence.Distance(4, 4));
        Assert.Equal(2, sentence.Distance(0, 2));        // the below sat
        Assert.Equal(-2, sentence.Distance(2, 0));
        Assert.Equal(1, sentence.Distance(3, 6));        // on below mat
        Assert.Equal(2, sentence.Distance(1, 6));        // cat and mat, both below sat
        Assert.Equal(-2, sentence.Distance(6, 1));
        Assert.Equal(4, sentence.Distance(3, 4));        // on and the, both below mat: depths count from the root
        Assert.Equal(-4, sentence.Distance(5, 0));
    }

    [Theory]
    [InlineData("0 0", "Words 1 and 2 both have the head 0")]
    [InlineData("2 1", "No word has the head 0")]
    [InlineData("0 3 2", "Word 2 does not hang on the root: its heads go round in a circle")]
    [InlineData("0 2", "Word 2 is its own head")]
    [InlineData("0 3", "Word 2 has the head 3, but the sentence has the words 1 to 2")]
    [InlineData("0 -1", "Word 2 has the head -1")]
    public void What_is_no_tree_is_refused(string heads, string said)
        => Assert.Contains(said, Assert.Throws<ArgumentException>(() => new DependencyTree([.. heads.Split(' ').Select(int.Parse)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Places_join_the_trees_of_a_batch()
    {
        var places = DependencyTree.Places([new([0, 1]), new([]), new([2, 0, 2])], new Segments([2, 0, 3]));
        Assert.Equal([0, 1, 0, 1, 2], places.Indices.ToArray());
        Assert.Equal([0, 1, 1, 0, 1], places.Structure!.Depths.ToArray());
        Assert.Equal(2, places.Structure.Distances[2, 0, 2]);
        Assert.Equal(-1, places.Structure.Distances[0, 0, 1]);
    }

    [Fact]
    public void Trees_that_do_not_fit_are_refused_with_the_sentence()
    {
        var length = Assert.Throws<ArgumentException>(() => DependencyTree.Places([new([0]), new([0, 1])], new Segments([1, 3])));
        Assert.Contains("Sentence 2 has 3 rows but a tree of 2 words", length.Message, StringComparison.Ordinal);
        Assert.Contains("There are 1 trees for 2 sentences", Assert.Throws<ArgumentException>(() => DependencyTree.Places([new([0])], new Segments([1, 1]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_model_that_needs_trees_says_so_where_rows_have_none(bool depth, bool keys)
    {
        using var tiny = new Tiny(Tiny.Config with { Positions = new DependencyPositions { Depth = depth, Keys = keys } });
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        var fault = Assert.Throws<ArgumentException>(() => tiny.Transformer.Encode(pass, Tokens.Of([[3, 4, 5]])));
        Assert.Contains("The rows carry no dependency trees", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_for_parallel_text_is_told_before_it_prepares_anything()
        => Assert.Contains((new Recipe { Model = new TransformerConfig { Positions = new DependencyPositions() } }).Faults(),
            fault => fault.StartsWith("data.train holds no dependency trees", StringComparison.Ordinal));

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Another_tree_over_the_same_words_is_another_encoding(bool depth, bool keys, bool values)
    {
        using var tiny = new Tiny(Tiny.Config with { Positions = new DependencyPositions { Depth = depth, Keys = keys, Values = values } });
        using var workspace = new Workspace(Cpu.Two);
        float[] Encode(params int[] heads)
        {
            using var pass = Pass.Infer(workspace);
            var segments = Segments.One(3);
            return tiny.Transformer.Encode(pass, new((int[])[3, 4, 5], segments, DependencyTree.Places([new(heads)], segments))).Values.ToArray();
        }
        Assert.Equal(Encode(0, 1, 2), Encode(0, 1, 2));
        Assert.NotEqual(Encode(0, 1, 2), Encode(0, 1, 1));
    }
}

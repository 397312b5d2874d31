using Heed.Kernels;

namespace Heed.Tensors.Tests;

public class SegmentsTests
{
    [Fact]
    public void Ends_of_sequences_are_known_and_one_without_rows_has_none()
    {
        var segments = new Segments([3, 0, 1, 2]);
        Assert.Equal([0, Ops.NoRow, 3, 4], segments.FirstRows());
        Assert.Equal([2, Ops.NoRow, 3, 5], segments.LastRows());
    }

    [Fact]
    public void Sequences_stand_one_after_another()
    {
        var segments = new Segments([3, 0, 2]);
        Assert.Equal((3, 5), (segments.Count, segments.Rows));
        Assert.Equal([(0, 3), (3, 0), (3, 2)], Enumerable.Range(0, 3).Select(i => (segments.Start(i), segments.Length(i))));
    }

    [Fact]
    public void Sequences_are_paired_by_number()
    {
        var pairs = new Segments([3, 0, 2]).Against(new Segments([1, 4, 0]));
        Assert.Equal([new(0, 3, 0, 1, 0), new(3, 0, 1, 4, 0), new SegmentPair(3, 2, 5, 0, 0)], pairs);
    }

    [Fact]
    public void Pairings_with_itself_and_with_another_are_both_kept()
    {
        Segments segments = new([3, 2]), other = new([1, 4]);
        var (own, across) = (segments.Against(segments), segments.Against(other));
        Assert.Same(own, segments.Against(segments));
        Assert.Same(across, segments.Against(other));
        Assert.NotEqual(across, segments.Against(new Segments([4, 1])));
    }

    [Fact]
    public void Impossible_sequences_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Segments([2, -1]));
        Assert.Throws<OverflowException>(() => new Segments([int.MaxValue, 1]));
        Refusal.Begins<ArgumentException>("There are 2 sequences of queries but 1 of keys", () => new Segments([2, 1]).Against(Segments.One(3)));
    }

    [Fact]
    public void Rows_need_as_many_values_as_their_segments_hold()
    {
        using var backend = new CpuBackend(1);
        using var workspace = new Workspace(backend);
        using var pass = Pass.Infer(workspace);
        var rows = new Rows(pass.New([5, 2]), new Segments([3, 2]));
        Assert.Equal(Shape.Create([5, 7]), rows.With(pass.New([5, 7])).Values.Shape);
        Refusal.Begins<ArgumentException>("values [4, 2] have 4 rows, but the segments hold 5.", () => rows.With(pass.New([4, 2])));
    }
}

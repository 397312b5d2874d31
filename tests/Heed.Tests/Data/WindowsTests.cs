using Heed.Data;
using Heed.Models;

namespace Heed.Tests.Data;

public sealed class WindowsTests
{
    static readonly int[] text = [.. Enumerable.Range(100, 23)];

    [Fact]
    public void In_order_every_id_but_the_first_is_predicted_once()
    {
        var windows = new Windows(text, 5, new() { Sequences = 2 });
        var batches = windows.InOrder().ToList();
        Assert.Equal(windows.BatchesPerEpoch, batches.Count);
        Assert.Equal(text[1..], batches.SelectMany(batch => batch.Labels.ToArray()));
        Assert.Equal(text[..^1], batches.SelectMany(batch => batch.Text.Ids.ToArray()));
        Assert.Equal([5, 5, 5, 5, 2], batches.SelectMany(batch => Enumerable.Range(0, batch.Text.Segments.Count).Select(batch.Text.Segments.Length)));
        Assert.Equal([0, 1], batches[^1].Text.Places.Indices.ToArray());
    }

    [Theory]
    [InlineData(WindowOrder.Random)]
    [InlineData(WindowOrder.InOrder)]
    public void From_a_position_on_come_the_batches_that_came_there_before_with_recycled_memory_or_not(WindowOrder order)
    {
        var options = new WindowOptions { Sequences = 2, Order = order, Seed = 4 };
        var straight = new Windows(text, 5, options).From(default).Take(11).ToList();
        foreach (var (batch, _) in straight)
            for (var row = 0; row < batch.Text.Ids.Length; row++) Assert.Equal(batch.Text.Ids.Span[row] + 1, batch.Labels.Span[row]);
        Assert.Contains(straight, next => next.After is { Epoch: 3, Batch: 0 });
        var again = new Windows(text, 5, options);
        foreach (var (expected, (found, after)) in straight.Skip(4).Zip(again.From(straight[3].After)))
        {
            Assert.Equal(expected.Batch.Text.Ids.ToArray(), found.Text.Ids.ToArray());
            Assert.Equal(expected.Batch.Labels.ToArray(), found.Labels.ToArray());
            Assert.Equal(expected.After, after);
            again.Recycle(found);
            again.Recycle(found);
        }
    }

    [Fact]
    public void Windows_drawn_at_random_reach_every_place_and_another_seed_draws_others()
    {
        int[] Starts(ulong seed) => [.. new Windows(text, 5, new() { Sequences = 8, Seed = seed }).From(default).Take(40)
            .SelectMany(next => Enumerable.Range(0, 8).Select(i => next.Batch.Text.Ids.Span[5 * i]))];
        Assert.Equal(text[..18], Starts(1).Distinct().Order());
        Assert.NotEqual(Starts(1), Starts(2));
    }

    [Fact]
    public void A_text_shorter_than_the_context_is_one_window_and_one_of_one_id_is_none()
    {
        var batch = new Windows(new int[] { 7, 8, 9 }, 64, new() { Sequences = 3 }).From(default).First().Batch;
        Assert.Equal([7, 8, 7, 8, 7, 8], batch.Text.Ids.ToArray());
        Assert.Equal(6, batch.TargetTokens);
        Assert.Throws<InvalidOperationException>(() => new Windows(new int[] { 7 }, 64, new()).From(default).First());
    }
}

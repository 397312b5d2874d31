namespace Heed.Tensors.Tests;

public class WorkspaceTests : OnePass
{
    [Fact]
    public void The_same_pass_again_asks_the_system_for_nothing()
    {
        using var model = new SmallModel();
        model.Step(Workspace, 1);
        var (allocations, bytes) = (Workspace.Allocations, Workspace.BytesHeld);
        Assert.True(allocations > 0);
        for (ulong seed = 2; seed < 10; seed++) model.Step(Workspace, seed);
        Assert.Equal((allocations, bytes), (Workspace.Allocations, Workspace.BytesHeld));
    }

    [Fact]
    public void Buffers_return_when_a_pass_ends()
    {
        using (var pass = Pass.Infer(Workspace)) (_, _, _) = (pass.New([1024]), pass.New([1024]), pass.Rent(1024));
        Assert.Equal(3 * 4096, Workspace.GreatestBytes);
        using (var pass = Pass.Infer(Workspace)) (_, _, _) = (pass.New([1000]), pass.Rent(1024), pass.Rent(1024));
        Assert.Equal(3 * 4096, Workspace.GreatestBytes);
        using (var pass = Pass.Infer(Workspace)) pass.New([4096]);
        Assert.Equal(4 * 4096, Workspace.GreatestBytes);
        Assert.Equal(1, Workspace.Allocations);
    }

    [Fact]
    public void Memory_of_one_size_serves_buffers_of_another()
    {
        using (var pass = Pass.Infer(Workspace))
            for (var i = 0; i < 40; i++) pass.Rent(100_000);
        var (allocations, bytes) = (Workspace.Allocations, Workspace.BytesHeld);
        foreach (var length in (int[])[1, 77, 5_000, 21_123, 99_999])
        {
            using var pass = Pass.Infer(Workspace);
            for (var i = 0; i < 3_800_000 / (length + 128); i++) pass.Rent(length);
        }
        Assert.Equal((allocations, bytes), (Workspace.Allocations, Workspace.BytesHeld));
    }

    [Fact]
    public void Buffers_of_any_lengths_in_any_order_never_overlap_and_are_all_found_again()
    {
        using var arena = new Arena(Workspace.Backend);
        var random = new Random(5);
        var rented = new List<(Block Block, float Mark)>();
        for (var i = 0; i < 4000; i++)
        {
            if (rented.Count > 0 && random.Next(100) < 48) Give(random.Next(rented.Count));
            else
            {
                var block = arena.Rent(random.Next(4) == 0 ? random.Next(40_000) : random.Next(300));
                rented.Add((block, i));
                block.Floats.Span.Fill(i);
            }
        }
        while (rented.Count > 0) Give(random.Next(rented.Count));
        Assert.Equal(0, arena.Used);
        var (held, slabs) = (arena.Held, arena.Slabs);
        for (nint taken = 0; taken < held; taken += 1 << 20) arena.Rent(1 << 20);
        Assert.Equal((held, slabs), (arena.Held, arena.Slabs));

        void Give(int i)
        {
            Assert.Equal(-1, rented[i].Block.Floats.Span.IndexOfAnyExcept(rented[i].Mark));
            Assert.Equal(0, (long)Address(rented[i].Block) % 64);
            arena.Return(rented[i].Block);
            rented.RemoveAt(i);
        }

        static unsafe nint Address(Block block) => (nint)block.Floats.Start;
    }

    [Fact]
    public void Held_memory_outlives_its_pass_and_returns_when_it_is_given_back()
    {
        HeldMemory held;
        using (var pass = Pass.Infer(Workspace)) held = pass.Hold(1000);
        held.Floats.Span.Fill(7);
        using (var pass = Pass.Infer(Workspace)) pass.Rent(1000).Span.Fill(8);
        Assert.Equal(-1, held.Floats.Span.IndexOfAnyExcept(7f));
        held.Dispose();
        held.Dispose();
        Assert.Equal(0, Workspace.Arena.Used);
        Assert.Throws<ObjectDisposedException>(() => held.Floats);
    }

    [Fact]
    public void At_most_a_cache_line_or_four_of_a_buffer_is_wasted()
    {
        foreach (var length in Enumerable.Range(64, 3000))
        {
            using var workspace = new Workspace(Workspace.Backend);
            using var pass = Pass.Infer(workspace);
            pass.Rent(length);
            Assert.InRange(workspace.GreatestBytes / 4, length, length + 63);
        }
    }

    [Fact]
    public void A_region_of_an_inference_returns_all_but_its_result()
    {
        using var pass = Pass.Infer(Workspace);
        var x = Numbers(pass, [1024]);
        Tensor inner = default;
        var y = x;
        for (var i = 0; i < 10; i++)
            y = pass.Region(y, input =>
            {
                pass.Rent(1024);
                inner = Ops.Scale(input, 2);
                return Ops.Scale(inner, 0.5f);
            });
        Assert.Equal(x.ToArray(), y.ToArray());
        Assert.Throws<ObjectDisposedException>(() => inner.Data);
        Assert.Equal((1 + 10 + 2) * 4096, Workspace.GreatestBytes);        // x, ten results, and what is inside, which all regions share
    }

    [Fact]
    public void A_region_within_a_region_keeps_what_the_outer_one_returns()
    {
        using var pass = Pass.Infer(Workspace);
        var x = Numbers(pass, [2]);
        var y = pass.Region(x, outer => pass.Region(outer, inner => Ops.Scale(inner, 3)));
        Assert.Equal([3, 6], y.ToArray());
        Assert.Equal([1, 2], pass.Region(x, same => same).ToArray());
        Assert.Equal([1, 2], x.ToArray());
    }

    [Fact]
    public void A_region_of_a_pass_that_records_keeps_what_the_gradient_needs()
    {
        using var pass = Pass.Differentiate(Workspace);
        var x = Numbers(pass, [2]);
        Tensor inner = default;
        var y = pass.Region(x, input => Ops.Scale(inner = Ops.Scale(input, 2), 3));
        Assert.Equal([2, 4], inner.ToArray());
        Assert.Equal([6, 6], pass.Backward([(y, [1, 1])], null).Of(x).Span.ToArray());
    }

    [Fact]
    public void A_workspace_that_is_gone_serves_no_pass()
    {
        var workspace = new Workspace(Workspace.Backend);
        using (var pass = Pass.Infer(workspace))
        {
            var x = Numbers(pass, [2]);
            workspace.Dispose();
            Assert.Equal([1, 2], x.ToArray());
        }
        Assert.Throws<ObjectDisposedException>(() => Pass.Infer(workspace));
    }

    [Fact]
    public void A_pass_that_had_nothing_when_its_workspace_went_gets_memory_of_its_own()
    {
        using var workspace = new Workspace(Workspace.Backend);
        using (var before = Pass.Infer(workspace)) before.Rent(1000);
        using var pass = Pass.Infer(workspace);
        workspace.Dispose();
        Assert.Equal(0, workspace.BytesHeld);
        var x = Numbers(pass, [2]);
        Assert.Equal([1, 2], x.ToArray());
        Assert.True(workspace.BytesHeld > 0, "The numbers stand in memory that was given back.");
    }

    [Fact]
    public void A_step_allocates_few_managed_bytes()
    {
        using var model = new SmallModel();
        for (ulong seed = 0; seed < 50; seed++) model.Step(Workspace, seed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Step(Workspace, 51);
        // The pass and an object for each of ten operations, about two hundred bytes each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 3072);
    }
}

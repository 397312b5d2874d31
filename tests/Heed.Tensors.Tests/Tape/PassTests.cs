using Heed.Kernels;

namespace Heed.Tensors.Tests;

public class PassTests : OnePass
{
    [Fact]
    public void A_tensor_of_a_pass_that_has_ended_says_so()
    {
        Tensor tensor;
        using (var pass = Pass.Infer(Workspace)) tensor = Numbers(pass, [2, 3]);
        using var next = Pass.Infer(Workspace);
        Numbers(next, [2, 3]);
        Refusal.Begins<ObjectDisposedException>("The tensor [2, 3] was made in a pass, or a region of one, that has ended. Copy what you need with ToArray() before it ends.", () => tensor.Data);
        Assert.Equal("Tensor [2, 3]", tensor.ToString());
    }

    [Fact]
    public void A_tensor_that_was_never_made_says_so()
    {
        Refusal.Begins<ObjectDisposedException>("This tensor was never made", () => default(Tensor).Data);
        Refusal.Begins<ObjectDisposedException>("This tensor was never made", () => Ops.Scale(default, 2));
    }

    [Fact]
    public void A_pass_that_has_ended_makes_nothing()
    {
        var pass = Pass.Train(Workspace, 1);
        pass.Dispose();
        using var next = Pass.Train(Workspace, 1);
        var y = Ops.Scale(Numbers(next, [2]), 2);
        Assert.Throws<ObjectDisposedException>(() => pass.New([2]));
        Assert.Throws<ObjectDisposedException>(() => pass.Rent(2));
        Assert.Throws<ObjectDisposedException>(() => pass.Record(next.Tape[0]));
        pass.Dispose();
        Assert.Equal([2, 4], y.ToArray());
    }

    [Fact]
    public void Two_passes_in_one_workspace_are_refused()
    {
        using var pass = Pass.Infer(Workspace);
        Refusal.Begins<InvalidOperationException>("A pass is already under way in this workspace.", () => Pass.Infer(Workspace));
    }

    [Fact]
    public void Operands_of_two_passes_are_refused()
    {
        using var other = new Workspace(Workspace.Backend);
        using var here = Pass.Train(Workspace, 1);
        using var there = Pass.Train(other, 1);
        Tensor x = Numbers(here, [2, 2]), y = Numbers(there, [2, 2]);
        var sizes = new AttentionSizes(1, 1, 2, 2, 1);
        var pairs = Segments.One(2).Against(Segments.One(2));
        Tensor Attend(Tensor q, Tensor k, Tensor v) => Ops.Attend(q, k, v, pairs, new(sizes, 0, ""), default(FullMask), default(NoBias));
        Assert.All<Action>(
            [() => Ops.Add(x, y), () => Ops.Gate<Relu>(x, y), () => Ops.AddTable(x, y, [0, 1]),
                () => Attend(y, x, x), () => Attend(x, y, x), () => Attend(x, x, y), () => here.Keep(y), () => here.Backward([(y, [1, 1, 1, 1])], null)],
            action => Assert.Contains("pass", Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_must_fill_the_shape()
    {
        using var pass = Pass.Infer(Workspace);
        Assert.Throws<ArgumentException>(() => pass.From([1, 2, 3], [2, 2]));
        Assert.Throws<ArgumentException>(() => Numbers(pass, [2, 3]).Reshape([4]));
        Assert.Throws<InvalidOperationException>(() => Numbers(pass, [2]).Scalar);
        Assert.Equal([3, 2], [.. Numbers(pass, [2, 3]).Reshape([3, 2]).Shape]);
    }

    [Fact]
    public void A_borrowed_tensor_is_the_memory_of_somebody_else()
    {
        using var memory = new FloatMemory(6);
        using (var pass = Pass.Infer(Workspace))
        {
            var borrowed = pass.Borrow(memory.Floats, [2, 2]);
            memory.Floats[3] = 5;
            Assert.Equal(5, borrowed.ToArray()[3]);
            Assert.Throws<ArgumentOutOfRangeException>(() => pass.Borrow(memory.Floats, [7]));
        }
        Assert.Equal(5, memory.Floats[3]);
        using var next = Pass.Infer(Workspace);
        Assert.NotEqual(memory.Floats, next.New([6]).Data);
    }

    [Fact]
    public void Randomness_follows_from_the_seed_and_the_number_of_draws()
    {
        ulong[] Draws(ulong seed)
        {
            using var pass = Pass.Train(Workspace, seed);
            return [.. Enumerable.Range(0, 100).Select(_ => pass.NextSeed())];
        }
        Assert.Equal(Draws(5), Draws(5));
        Assert.Equal(300, ((ulong[])[.. Draws(5), .. Draws(6), .. Draws(0)]).Distinct().Count());
    }

    [Fact]
    public void Only_a_pass_that_trains_drops_out_and_draws()
    {
        float[] Dropped(Pass pass)
        {
            using (pass) return Ops.Dropout(Numbers(pass, [1000]), 0.5f).ToArray();
        }
        var training = Dropped(Pass.Train(Workspace, 1));
        Assert.InRange(training.Count(x => x == 0), 400, 600);
        Assert.Equal(training, Dropped(Pass.Train(Workspace, 1)));
        Assert.NotEqual(training, Dropped(Pass.Train(Workspace, 2)));
        Assert.DoesNotContain(0, Dropped(Pass.Differentiate(Workspace)));
        Assert.DoesNotContain(0, Dropped(Pass.Infer(Workspace)));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void An_impossible_rate_is_refused_even_where_nothing_drops(float rate)
    {
        using var pass = Pass.Infer(Workspace);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Dropout(Numbers(pass, [2]), rate));
    }

    [Fact]
    public void Only_a_pass_that_records_fills_the_tape()
    {
        using (var pass = Pass.Infer(Workspace))
        {
            Ops.Scale(Numbers(pass, [2]), 2);
            Assert.Empty(pass.Tape);
        }
        using var recording = Pass.Differentiate(Workspace);
        Ops.Scale(Numbers(recording, [2]), 2);
        Assert.Single(recording.Tape);
    }

    [Fact]
    public void Probes_see_the_weights_they_want_and_no_others()
    {
        var seen = new Watcher("wanted");
        using var pass = Pass.Infer(Workspace, seen);
        var x = Numbers(pass, [3, 2]);
        var pairs = new Segments([1, 2]).Against(new Segments([1, 2]));
        foreach (var path in (string[])["wanted", "unwanted"])
            Ops.Attend(x, x, x, pairs, new(new AttentionSizes(2, 2, 1, 1, 1), 0, path), new CausalMask(Strict: false), default(NoBias));
        Assert.Equal("wanted", Assert.Single(seen.Paths));
        Assert.Equal(1, seen.Seen[0]);
        Assert.Equal(2 * (1 + 4), seen.Seen.Length);
        Assert.Equal((1, 0, 1), (seen.Seen[2], seen.Seen[3], seen.Seen[4] + seen.Seen[5]));
    }

    sealed class Watcher(string wanted) : Probe
    {
        public List<string> Paths { get; } = [];

        public float[] Seen { get; private set; } = [];

        public override bool Wants(string path) => path == wanted;

        public override void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights)
        {
            Paths.Add(path);
            Seen = weights.Span.ToArray();
        }
    }
}

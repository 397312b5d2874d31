namespace Heed.Tensors.Tests;

public class ParameterSetTests
{
    [Fact]
    public void Names_come_from_the_tree()
    {
        using var set = new ParameterSet();
        var weight = (set.Root / "encoder" / 3 / "query").Parameter("weight", [4, 2], Init.Zero);
        var top = set.Root.Parameter("top", [3], Init.Zero);
        Assert.Equal("encoder.3.query.weight", weight.Path);
        Assert.Equal("encoder.3.query.weight [4, 2]", weight.ToString());
        Assert.Equal([weight, top], set.Parameters);
        Assert.Same(weight, set["encoder.3.query.weight"]);
        Assert.Equal(11, set.Count);
    }

    [Fact]
    public void A_set_without_values_measures_and_takes_no_memory()
    {
        using var set = new ParameterSet();
        var huge = set.Root.Parameter("huge", [1 << 30, 1 << 20], Init.Zero);
        set.Root.Parameter("small", [3], Init.Zero);
        Assert.Equal((1L << 50) + 3, set.Count);
        Refusal.Begins<InvalidOperationException>("Parameter huge [1073741824, 1048576] has no values yet", () => huge.Value);
        Assert.Throws<InvalidOperationException>(() => set.Flat);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_order()
    {
        float[] Drawn(ulong seed, string which, params string[] order)
        {
            using var set = new ParameterSet();
            foreach (var name in order) set.Root.Parameter(name, [5, 7], Init.Normal(1));
            set.Initialise(seed);
            return set[which].Value.Span.ToArray();
        }
        var a = Drawn(1, "a", "a", "b");
        Assert.Equal(a, Drawn(1, "a", "b", "c", "a"));
        Assert.Empty(a.Intersect(Drawn(1, "b", "a", "b")));
        Assert.Empty(a.Intersect(Drawn(2, "a", "a", "b")));
    }

    [Fact]
    public void Tables_lie_in_one_block_on_cache_lines_with_zeros_between()
    {
        using var set = new ParameterSet();
        foreach (var (name, size) in (ReadOnlySpan<(string, nint)>)[("a", 1), ("b", 17), ("c", 16)]) set.Root.Parameter(name, [size], Init.One);
        set.Initialise(1);
        Assert.Equal(64, set.FlatLength);
        Assert.Equal(set.FlatLength, set.Flat.Length);
        Assert.Equal([0, 16, 48], set.Parameters.Select(table =>
        {
            Assert.True(set.Flat.Span.Overlaps(table.Value.Span, out var offset));
            return offset;
        }));
        Assert.Equal(34, set.Flat.Span.ToArray().Count(x => x == 1));
        Assert.Equal(30, set.Flat.Span.ToArray().Count(x => x == 0));
    }

    [Fact]
    public void Loading_takes_every_value()
    {
        using var set = new ParameterSet();
        Parameter a = set.Root.Parameter("a", [2], Init.Zero), b = set.Root.Parameter("b", [1, 2], Init.Zero);
        set.Load(new TableSource(("b", [1, 2], 2), ("a", [2], 1)));
        Assert.Equal([1, 1, 2, 2], [.. a.Value.Span, .. b.Value.Span]);
    }

    [Fact]
    public void Loading_lists_all_faults_at_once_with_the_nearest_names()
    {
        using var set = new ParameterSet();
        foreach (var name in (string[])["encoder.query.weight", "encoder.key.weight", "encoder.bias"]) set.Root.Parameter(name, [2, 3], Init.Zero);
        var thrown = Assert.Throws<InvalidDataException>(() => set.Load(new TableSource(
            ("encoder.Query.weights", [2, 3], 0), ("encoder.key.weight", [2, 3], 0), ("encoder.bias", [3], 0))));
        Assert.Equal(
            """
            model.safetensors does not hold this model's parameters:
              'encoder.query.weight' [2, 3] is missing; the nearest name there is 'encoder.Query.weights'
              'encoder.bias' is [3] there but the configuration makes it [2, 3]
              'encoder.Query.weights' [2, 3] is not a parameter of this model; the nearest that is missing is 'encoder.query.weight'
            """, thrown.Message);
        Assert.Throws<InvalidOperationException>(() => set.Flat);
    }

    [Fact]
    public void A_long_list_of_faults_is_cut()
    {
        using var set = new ParameterSet();
        for (var i = 0; i < 15; i++) (set.Root / i).Parameter("weight", [1], Init.Zero);
        var thrown = Assert.Throws<InvalidDataException>(() => set.Load(new TableSource()));
        Assert.Equal(1 + 12 + 1, thrown.Message.Split('\n').Length);
        Assert.EndsWith("… and 3 more", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tables_of_one_name_are_refused()
    {
        using var set = new ParameterSet();
        set.Root.Parameter("a", [2], Init.Zero);
        Refusal.Begins<InvalidOperationException>("Two parameters are called 'a'.", () => set.Root.Parameter("a", [2], Init.Zero));
        Assert.Equal(16, set.FlatLength);
    }

    [Fact]
    public void A_set_gets_its_values_once_and_no_table_afterwards()
    {
        using var set = new ParameterSet();
        set.Root.Parameter("a", [2], Init.Zero);
        set.Initialise(1);
        Assert.Throws<InvalidOperationException>(() => set.Initialise(1));
        Assert.Throws<InvalidOperationException>(() => set.Load(new TableSource(("a", [2], 1))));
        Assert.Throws<InvalidOperationException>(() => set.Root.Parameter("b", [2], Init.Zero));
    }

    [Fact]
    public void A_name_that_is_not_there_brings_the_nearest()
    {
        using var set = new ParameterSet();
        Assert.Equal("There is no parameter 'x'.", Assert.Throws<KeyNotFoundException>(() => set["x"]).Message);
        foreach (var name in (string[])["query.weight", "key.weight"]) set.Root.Parameter(name, [1], Init.Zero);
        Refusal.Begins<KeyNotFoundException>("There is no parameter 'quary.weight'; the nearest is 'query.weight'.", () => set["quary.weight"]);
    }

    [Fact]
    public void Freezing_packs_the_matrices_and_changes_no_bit()
    {
        using var backend = new CpuBackend(2);
        using var workspace = new Workspace(backend);
        using var set = new ParameterSet();
        Parameter weight = set.Root.Parameter("weight", [37, 19], Init.Normal(1)), bias = set.Root.Parameter("bias", [37], Init.Normal(1));
        set.Initialise(1);
        float[] Product()
        {
            using var pass = Pass.Infer(workspace);
            return Ops.Linear(pass.From([.. Enumerable.Range(0, 95).Select(i => MathF.Sqrt(i))], [5, 19]), weight, bias).ToArray();
        }
        var before = Product();
        Assert.False(set.Frozen);
        set.Freeze(backend);
        Assert.True(set.Frozen);
        Assert.Equal((19, 37), ((int)weight.Packed!.Rows, (int)weight.Packed.Columns));
        Assert.Null(bias.Packed);
        var packed = weight.Packed;
        set.Freeze(backend);
        Assert.Same(packed, weight.Packed);
        Assert.Equal(before, Product());
    }

    [Fact]
    public void Values_live_as_long_as_somebody_has_a_parameter()
    {
        static Parameter Alone()
        {
            var set = new ParameterSet();
            var parameter = set.Root.Parameter("a", [64], Init.One);
            set.Initialise(1);
            return parameter;
        }
        var parameter = Alone();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(64, parameter.Value.Span.ToArray().Sum());
    }

    [Fact]
    public void A_set_that_is_gone_says_so_rather_than_show_memory_of_others()
    {
        var set = new ParameterSet();
        var parameter = set.Root.Parameter("a", [2], Init.One);
        set.Initialise(1);
        set.Dispose();
        Assert.Throws<InvalidOperationException>(() => parameter.Value);
        Assert.Throws<InvalidOperationException>(() => set.Flat);
    }
}

namespace Heed.Kernels.Tests;

public class RowAllocationTests
{
    public static TheoryData<string> Names => [.. Kernels.Keys];

    // Memory lives as long as its owner.
    static readonly List<FloatMemory> Owners = [];
    static readonly MatrixView X = Rows(), Y = Rows(), Z = Rows(), U = Rows(), V = Rows();
    static readonly Floats Column = Zeros(300), Row = Zeros(257), OtherRow = Zeros(257);
    static readonly int[] Ids = new int[300];

    static readonly Dictionary<string, Action<Workers>> Kernels = new()
    {
        ["map"] = w => Elementwise.Map<Gelu>(w, X.Data, Y.Data),
        ["map back"] = w => Elementwise.MapBack<Silu>(w, X.Data, Y.Data, Z.Data, accumulate: true),
        ["gate"] = w => Elementwise.Gate<Silu>(w, X, Y, Z),
        ["gate back"] = w => Elementwise.GateBack<Silu>(w, X, Y, Z, U, V, accumulate: false),
        ["columns"] = w => Reduce.Columns(w, X, Row, accumulate: false),
        ["sum"] = w => Reduce.SumOfSquares(w, X.Data),
        ["non-finite"] = w => Reduce.FirstNonFinite(w, X.Data),
        ["softmax"] = w => Reduce.Softmax(w, X, Y),
        ["mixture"] = w => Reduce.Mixture(w, [X, Y, Z], U),
        ["layer norm"] = w => Reduce.LayerNorm(w, X, Row, Row, 1e-5f, Y, Column, Column),
        ["layer norm back"] = w => Reduce.LayerNormBack(w, X, Row, Column, Column, Y, Z, accumulate: false, OtherRow, OtherRow),
        ["dropout"] = w => Dropout.Residual(w, X.Data, Y.Data, Z.Data, 0.1f, 3),
        ["gather"] = w => Gather.Rows(w, X, Ids, 1, Y),
        ["scatter"] = w => Gather.ScatterAdd(w, X, Ids, 1, Y),
        ["cross-entropy"] = w => CrossEntropy.Rows(w, X, Ids, new CrossEntropyOptions { Smoothing = 0.1f }, Column, default, Y),
        ["Adam"] = w => Optimizers.Adam(w, X.Data, Y.Data, Z.Data, U.Data, default, new AdamOptions(), 1),
    };

    [Theory, MemberData(nameof(Names))]
    public void After_the_first_call_nothing_is_allocated(string name)
    {
        foreach (var workers in (Workers[])[Crew.One, Crew.Three])
        {
            for (var i = 0; i < 3; i++) Kernels[name](workers);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Kernels[name](workers);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    static MatrixView Rows() => MatrixView.Of(Zeros(300 * 257), 300, 257);

    static Floats Zeros(nint length)
    {
        var memory = new FloatMemory(length);
        memory.Floats.Clear();
        Owners.Add(memory);
        return memory.Floats;
    }
}

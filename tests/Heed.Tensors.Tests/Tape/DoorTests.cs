using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>What operations refuse, and how they say it.</summary>
public class DoorTests : OnePass
{
    readonly ParameterSet set = new();
    readonly Parameter table;
    readonly Pass pass;

    public DoorTests()
    {
        table = set.Root.Parameter("table", [5, 4], Init.One);
        set.Initialise(1);
        pass = Pass.Differentiate(Workspace);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void Ids_outside_a_table_are_refused(int id)
    {
        Refused($"Id {id} at 1 is no row of table [5, 4]: an id is at least 0 and below 5.", () => Ops.Embed(pass, table, [0, id]));
        Refused($"Id {id} at 1 is no row of table [5, 4]", () => Ops.AddTable(X(2, 4), X(5, 4), [4, id]));
        Refused("There are 1 row numbers for x [2, 4]", () => Ops.AddTable(X(2, 4), X(5, 4), [4]));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-2)]
    public void Targets_that_are_no_class_are_refused(int target)
    {
        Refused($"Target {target} of row 1 is none of 5 classes", () => Ops.CrossEntropy(X(2, 5), [0, target], new()));
        Refused($"Target {target} of row 1 is none of 5 classes", () => Ops.ProjectedCrossEntropy(X(2, 4), table, [0, target], new()));
    }

    [Fact]
    public void Losses_want_a_target_a_row_and_options_in_their_ranges()
    {
        Refused("There are 1 targets for 2 rows.", () => Ops.CrossEntropy(X(2, 5), [0], new()));
        Refused("There are 3 targets for 2 rows.", () => Ops.ProjectedCrossEntropy(X(2, 4), table, [0, 1, 2], new()));
        Refused("LabelSmoothing is 1; it is at least 0 and below 1.", () => Ops.CrossEntropy(X(1, 5), [0], new() { LabelSmoothing = 1 }));
        Refused("Weight is -1; it is at least 0.", () => Ops.CrossEntropy(X(1, 5), [0], new() { Weight = -1 }));
    }

    [Fact]
    public void Attention_wants_the_widths_of_its_sizes()
    {
        var sizes = new AttentionSizes(2, 1, 3, 4, 1);
        Attend(X(2, 6), X(3, 3), X(3, 4), sizes, 2, 3);
        Refused("q [2, 7] has rows of 7, but 2 heads of 3 make 6.", () => Attend(X(2, 7), X(3, 3), X(3, 4), sizes, 2, 3));
        Refused("k [3, 6] has rows of 6, but 1 heads of 3 make 3.", () => Attend(X(2, 6), X(3, 6), X(3, 4), sizes, 2, 3));
        Refused("v [3, 8] has rows of 8, but 1 heads of 4 make 4.", () => Attend(X(2, 6), X(3, 3), X(3, 8), sizes, 2, 3));
        Refused("axis 'm' is 3 in k [3, 3] but 2 in v [2, 4].", () => Attend(X(2, 6), X(3, 3), X(2, 4), sizes, 2, 3));
    }

    [Fact]
    public void Attention_wants_every_query_in_one_pair()
    {
        var sizes = new AttentionSizes(1, 1, 1, 1, 1);
        Refused("The pairs hold 2 queries, but q is [3, 1]", () => Attend(X(3, 1), X(3, 1), X(3, 1), sizes, 2, 3));
        Refused("Two segment pairs share row 0 of the queries", () => Ops.Attend(
            X(2, 1), X(2, 1), X(2, 1), [new(0, 1, 0, 1, 0), new(0, 1, 1, 1, 0)], new(sizes, 0, ""), default(FullMask), default(NoBias)));
        Refused("The segment pairs name 4 rows of keys", () => Attend(X(2, 1), X(3, 1), X(3, 1), sizes, 2, 4));
    }

    [Fact]
    public void Attention_reads_keys_through_a_table_only_where_nothing_is_recorded()
        => Refusal.Begins<InvalidOperationException>("Attention 'here' reads its keys through a table while the pass records", () => Ops.Attend(
            X(1, 1), X(2, 1), X(2, 1), [new(0, 1, 0, 1, 0)], new(new(1, 1, 1, 1, 1), 0, "here"), default(FullMask), default(NoBias), keyRows: [1]));

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_letter()
    {
        Refused("axis 'i' is 3 in x [2, 3] but 4 in table [5, 4].", () => Ops.Linear(X(2, 3), table));
        Refused("axis 'd' is 3 in x [2, 3] but 4 in table [5, 4].", () => Ops.ProjectedCrossEntropy(X(2, 3), table, [0, 0], new()));
        Refused("axis 'd' is 3 in x [2, 3] but 4 in table [5, 4].", () => Ops.AddTable(X(2, 3), X(5, 4), [0, 0]));
        Refused("axis 'f' is 3 in a [2, 3] but 4 in b [2, 4].", () => Ops.Gate<Relu>(X(2, 3), X(2, 4)));
        Refused("table has shape [5, 4], but 1 axes are expected: [d].", () => Ops.LayerNorm(X(2, 3), table, null, 1));
        Refused("table has shape [5, 4], but 1 axes are expected: [d].", () => Ops.RmsNorm(X(2, 3), table, 1));
        Refused("The shapes [2, 3] and [3, 2] differ.", () => Ops.Add(X(2, 3), X(3, 2)));
    }

    Tensor X(nint rows, nint columns) => Numbers(pass, [rows, columns]);

    static void Attend(Tensor q, Tensor k, Tensor v, AttentionSizes sizes, int queries, int keys)
        => Ops.Attend(q, k, v, Segments.One(queries).Against(Segments.One(keys)), new(sizes, 0, ""), default(FullMask), default(NoBias));

    static void Refused(string sentence, Action action)
        => Refusal.Begins<ArgumentException>(sentence, action);
}

using Heed.Kernels;
using static Heed.Kernels.Tests.AttentionCase;

namespace Heed.Kernels.Tests;

/// <summary>Keys that stand where a table says: the same bits as if they had been gathered first.</summary>
public sealed class AttentionTableTests
{
    static readonly Workers One = new(1), Two = new(2);

    // As many rows as are stored; pairs share some of them, and none of a pair follow one another.
    const int Stored = 97;

    // One query or more, less than a vector of keys, more than a tile, none at all.
    static readonly SegmentPair[] Pairs = [new(0, 1, 0, 5, 4), new(1, 1, 5, 90, 89), new(2, 7, 95, 70, 63), new(9, 2, 165, 0, 0), new(11, 40, 165, 64, 24)];

    static readonly int[] Table = [.. Enumerable.Range(0, 229).Select(place => place * 41 % Stored)];

    public static TheoryData<int, int, int, int> Shapes => new() { { 4, 4, 32, 32 }, { 4, 2, 64, 64 }, { 3, 1, 20, 36 }, { 2, 2, 7, 80 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Keys_read_through_a_table_give_the_bits_of_gathered_keys(int heads, int keyHeads, int width, int valueWidth)
    {
        using var gathered = new AttentionCase(Shape(heads, width, keyHeads, valueWidth), Pairs);
        using var stored = new AttentionCase(gathered.Sizes, [new(0, 51, 0, Stored, 0)], seed: 2);
        gathered.Inputs.Queries.Data.CopyTo(stored.Inputs.Queries.Data);
        Gather(stored.Inputs.Keys, gathered.Inputs.Keys);
        Gather(stored.Inputs.Values, gathered.Inputs.Values);
        stored.Pairs = Pairs;
        stored.Inputs = stored.Inputs with { KeyRows = Table };
        foreach (var workers in new[] { One, Two })
        {
            Check(gathered, stored, workers, Rule(new FullMask()));
            Check(gathered, stored, workers, Rule(new CausalMask(), new AttentionDropout(0.2f, 3)));
        }
    }

    [Fact]
    public void The_reference_reads_through_the_table_too()
    {
        using var problem = Problem();
        var output = problem.Blank(1);
        problem.Forward(One, Rule(new CausalMask()));
        AttentionReference.Forward(problem.Inputs, problem.Pairs, problem.Sizes, Rule(new CausalMask()), output.Output);
        Same.Values(output.Output.Data.Span, problem.Outputs.Output.Data.Span, 5e-6f);
    }

    [Fact]
    public void After_the_first_call_nothing_is_allocated()
    {
        using var problem = Problem();
        for (var i = 0; i < 3; i++) problem.Forward(One, Rule(new FullMask()));
        var before = GC.GetAllocatedBytesForCurrentThread();
        problem.Forward(One, Rule(new FullMask()));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_a_table_cannot_say_is_refused_in_a_sentence()
    {
        using var problem = Problem();
        Refused("KeyRows has 10", Table[..10], backward: false);
        Refused("negative row", [.. Table[..228], -1], backward: false);
        Refused("name 98 rows of keys", [.. Table[..228], Stored], backward: false);
        Refused("leave KeyRows null", Table, backward: true);

        void Refused(string part, int[] table, bool backward)
        {
            problem.Inputs = problem.Inputs with { KeyRows = table };
            var thrown = Assert.ThrowsAny<ArgumentException>(() =>
            {
                if (backward) problem.Backward(One, Rule(new FullMask()));
                else problem.Forward(One, Rule(new FullMask()));
            });
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Memory_beside_inputs_and_outputs_grows_no_faster_than_the_rows()
    {
        long few = Taken(1000), many = Taken(8000);
        Assert.InRange(many, 1, 8 * few);

        static long Taken(int rows)
        {
            long taken = 0;
            var fresh = new Thread(() =>
            {
                using var problem = new AttentionCase(Shape(1, 8), Self(rows));
                var scratch = Scratch.Meter();
                problem.Forward(One, Rule(new CausalMask()));
                problem.Backward(One, Rule(new CausalMask()));
                taken = scratch.Bytes;
            });
            fresh.Start();
            fresh.Join();
            return taken;
        }
    }

    static AttentionCase Problem()
    {
        var problem = new AttentionCase(Shape(4, 24, 2), [new(0, 51, 0, Stored, 0)]) { Pairs = Pairs };
        problem.Inputs = problem.Inputs with { KeyRows = Table };
        return problem;
    }

    static void Gather(StridedRows from, StridedRows to)
    {
        for (var place = 0; place < Table.Length; place++)
            from.Data.Slice(Table[place] * from.Stride, from.Stride).CopyTo(to.Data.Slice(place * to.Stride, to.Stride));
    }

    static void Check<TMask>(AttentionCase gathered, AttentionCase stored, Workers workers, AttentionRule<TMask, NoBias> rule) where TMask : struct, IMask
    {
        gathered.Forward(workers, rule);
        stored.Forward(workers, rule);
        Same.Bits(gathered.Outputs.Output.Data.Span, stored.Outputs.Output.Data.Span);
        Same.Bits(gathered.Outputs.LogSumExp.Span, stored.Outputs.LogSumExp.Span);
    }
}

using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    static Pass PassOf(Tensor x, Tensor y) => x.Pass == y.Pass
        ? x.Pass
        : throw new ArgumentException($"The tensors {x.Shape} and {y.Shape} were made in two passes; an operation needs operands of one.", nameof(y));

    static void CheckIds(ReadOnlySpan<int> ids, Shape table, string name)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0 && ids[i] < table.Rows) continue;
            throw new ArgumentException($"Id {ids[i]} at {i} is no row of {name} {table}: an id is at least 0 and below {table.Rows}.", nameof(ids));
        }
    }

    static void CheckTargets(ReadOnlySpan<int> targets, nint rows, nint classes, LossOptions options)
    {
        if (targets.Length != rows) throw new ArgumentException($"There are {targets.Length} targets for {rows} rows.", nameof(targets));
        for (var i = 0; i < targets.Length; i++)
            if (targets[i] < -1 || targets[i] >= classes)
                throw new ArgumentException(
                    $"Target {targets[i]} of row {i} is none of {classes} classes: a target is at least 0 and below {classes}, or -1.", nameof(targets));
        if (!(options.LabelSmoothing >= 0 && options.LabelSmoothing < 1))
            throw OutOfRange($"LabelSmoothing is {options.LabelSmoothing}; it is at least 0 and below 1.");
        if (!(options.Weight >= 0)) throw OutOfRange($"Weight is {options.Weight}; it is at least 0.");
    }

    static ArgumentException OutOfRange(FormattableString sentence) => new(FormattableString.Invariant(sentence));

    static void CheckWidths(Tensor q, Tensor k, Tensor v, AttentionSizes sizes)
    {
        Expect.Axes("n q", q.Shape, nameof(q)).And("m k", k.Shape, nameof(k)).And("m v", v.Shape, nameof(v));
        CheckWidth(q, nameof(q), sizes.Heads, sizes.Width);
        CheckWidth(k, nameof(k), sizes.KeyHeads, sizes.Width);
        CheckWidth(v, nameof(v), sizes.KeyHeads, sizes.ValueWidth);
    }

    static void CheckWidth(Tensor x, string name, int heads, int width)
    {
        var expected = (nint)heads * width;
        if (x.Shape.Columns != expected)
            throw new ArgumentException($"{name} {x.Shape} has rows of {x.Shape.Columns}, but {heads} heads of {width} make {expected}.", name);
    }

    // The kernel sees to it that no row is in two pairs, so the right number of them is all of them.
    static void CheckPairs(ReadOnlySpan<SegmentPair> pairs, Tensor q)
    {
        nint asking = 0;
        foreach (ref readonly var pair in pairs) asking += pair.Queries;
        if (asking != q.Shape.Rows)
            throw new ArgumentException($"The pairs hold {asking} queries, but q is {q.Shape}: each row belongs to one pair.", nameof(pairs));
    }
}

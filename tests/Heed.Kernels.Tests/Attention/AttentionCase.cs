using Heed.Kernels;

namespace Heed.Kernels.Tests;

/// <summary>One attention problem with its memory: random rows, strides wider than the rows, and room for outputs and gradients.</summary>
public sealed class AttentionCase : IDisposable
{
    readonly List<FloatMemory> owned = [];

    public AttentionCase(AttentionSizes sizes, SegmentPair[] pairs, int seed = 1, int slack = 3, float magnitude = 1f)
    {
        (Sizes, Pairs) = (sizes, pairs);
        Queries = pairs.Select(pair => pair.QueryStart + pair.Queries).DefaultIfEmpty().Max();
        Keys = pairs.Select(pair => pair.KeyStart + pair.Keys).DefaultIfEmpty().Max();
        var random = new Random(seed);
        nint width = sizes.Heads * sizes.Width, keyWidth = sizes.KeyHeads * sizes.Width;
        nint outputWidth = sizes.Heads * sizes.ValueWidth, valueWidth = sizes.KeyHeads * sizes.ValueWidth;
        Inputs = new(
            Random(random, Queries, width + slack, magnitude), Random(random, Keys, keyWidth + slack, magnitude), Random(random, Keys, valueWidth + slack, 1f));
        OutputGradient = Random(random, Queries, outputWidth + slack, 1f);
        Outputs = Blank(1);
        Gradients = BlankGradients(1);
    }

    public AttentionSizes Sizes { get; }
    public SegmentPair[] Pairs { get; set; }
    public nint Queries { get; }
    public nint Keys { get; }
    public AttentionInputs Inputs { get; set; }
    public AttentionOutputs Outputs { get; }
    public StridedRows OutputGradient { get; }
    public AttentionGradients Gradients { get; }

    public static AttentionSizes Shape(int heads, int width, int keyHeads = 0, int valueWidth = 0)
        => new(heads, keyHeads == 0 ? heads : keyHeads, width, valueWidth == 0 ? width : valueWidth, 1f / MathF.Sqrt(width));

    /// <summary>Segments one after another, each looking at itself.</summary>
    public static SegmentPair[] Self(params int[] lengths)
    {
        var pairs = new SegmentPair[lengths.Length];
        nint row = 0;
        for (var i = 0; i < lengths.Length; i++, row += lengths[i - 1]) pairs[i] = new(row, lengths[i], row, lengths[i], 0);
        return pairs;
    }

    /// <summary>Queries of one length looking at keys of another, one pair after another.</summary>
    public static SegmentPair[] Cross(params (int Queries, int Keys)[] lengths)
    {
        var pairs = new SegmentPair[lengths.Length];
        nint query = 0, key = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            pairs[i] = new(query, lengths[i].Queries, key, lengths[i].Keys, 0);
            (query, key) = (query + lengths[i].Queries, key + lengths[i].Keys);
        }
        return pairs;
    }

    public static AttentionRule<TMask, NoBias> Rule<TMask>(TMask mask, AttentionDropout dropout = default) where TMask : struct, IMask
        => new(mask, default, dropout);

    public Floats Take(nint length)
    {
        var memory = new FloatMemory(length);
        owned.Add(memory);
        memory.Floats.Clear();
        return memory.Floats;
    }

    public AttentionOutputs Blank(int slack)
    {
        nint width = Sizes.Heads * Sizes.ValueWidth + slack;
        return new(new(Take(Queries * width), width), Take(Queries * Sizes.Heads));
    }

    public AttentionGradients BlankGradients(int slack, bool accumulate = false)
    {
        nint width = Sizes.Heads * Sizes.Width + slack, keyWidth = Sizes.KeyHeads * Sizes.Width + slack, valueWidth = Sizes.KeyHeads * Sizes.ValueWidth + slack;
        return new(OutputGradient, new(Take(Queries * width), width), new(Take(Keys * keyWidth), keyWidth), new(Take(Keys * valueWidth), valueWidth), accumulate);
    }

    public void Forward<TMask, TBias>(Workers workers, AttentionRule<TMask, TBias> rule) where TMask : struct, IMask where TBias : struct, IScoreBias
        => Attention.Forward(workers, Inputs, Pairs, Sizes, rule, Outputs);

    public void Backward<TMask, TBias>(Workers workers, AttentionRule<TMask, TBias> rule) where TMask : struct, IMask where TBias : struct, IScoreBias
        => Attention.Backward(workers, Inputs, Pairs, Sizes, rule, Outputs, Gradients);

    /// <summary>Everything that was computed, in one array: output, log-sum-exp, gradients of queries, keys and values.</summary>
    public float[] Results() => [
        .. Outputs.Output.Data.Span, .. Outputs.LogSumExp.Span, .. Gradients.Queries.Data.Span, .. Gradients.Keys.Data.Span, .. Gradients.Values.Data.Span];

    StridedRows Random(Random random, nint rows, nint stride, float magnitude)
    {
        var data = Take(rows * stride);
        for (nint i = 0; i < data.Length; i++) data[i] = magnitude * (float)(random.NextDouble() * 2 - 1);
        return new(data, stride);
    }

    public void Dispose() => owned.ForEach(memory => memory.Dispose());
}

/// <summary>Comparisons that say where things differ.</summary>
public static class Same
{
    public static void Bits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"float {i} of {expected.Length}: {expected[i]:R} expected, {actual[i]:R} found");
        }
    }

    public static void Values(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(MathF.Abs(expected[i] - actual[i]) <= tolerance * (1 + MathF.Abs(expected[i]))))
                Assert.Fail($"float {i} of {expected.Length}: {expected[i]:R} expected, {actual[i]:R} found, tolerance {tolerance}");
        }
    }
}

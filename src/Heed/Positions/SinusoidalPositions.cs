using System.Buffers;
using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>How sines and cosines share the columns of a sinusoidal table.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SinusoidalLayout>))]
public enum SinusoidalLayout
{
    /// <summary>Sine in even columns, cosine in odd ones, frequency 10000^(−2i/d). Vaswani et al. 2017, §3.5.</summary>
    Interleaved,

    /// <summary>Sines in the first half, cosines in the second, frequency 10000^(−i/(d/2−1)): the authors' own code, tensor2tensor.</summary>
    Halves,
}

/// <summary>PE(t, 2i) = sin(t·ωᵢ), PE(t, 2i+1) = cos(t·ωᵢ), ωᵢ = 10000^(−2i/d), added to the embeddings. Vaswani et al. 2017, §3.5.</summary>
public sealed record SinusoidalPositions : PositionKind, IPositions
{
    /// <summary>Which of the two published layouts.</summary>
    public SinusoidalLayout Layout { get; init; } = SinusoidalLayout.Interleaved;

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => this;

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, Places places) => Add(x, places.Indices.Span);

    /// <summary>y = x + PE of a number for each row.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="numbers">n of them, each at least 0</param>
    internal Tensor Add(Tensor x, ReadOnlySpan<int> numbers)
    {
        if (numbers.IsEmpty) return x;
        // The table holds just the stretch of positions that this call needs: all of a sentence in training, a row or two when decoding.
        var (first, last) = Range(numbers);
        int count = last - first + 1, width = checked((int)x.Shape.Columns);
        var table = x.Pass.New([count, width]);
        for (var t = 0; t < count; t++) Fill(first + t, table.Data.Slice((nint)t * width, width).Span);
        var rows = ArrayPool<int>.Shared.Rent(numbers.Length);
        for (var i = 0; i < numbers.Length; i++) rows[i] = numbers[i] - first;
        var y = Ops.AddTable(x, table, rows.AsSpan(0, numbers.Length));
        ArrayPool<int>.Shared.Return(rows);
        return y;
    }

    /// <summary>The least and the greatest of some numbers.</summary>
    internal static (int First, int Last) Range(ReadOnlySpan<int> numbers)
    {
        int first = numbers[0], last = first;
        foreach (var number in numbers) (first, last) = (Math.Min(first, number), Math.Max(last, number));
        return (first, last);
    }

    /// <summary>Row <paramref name="position"/> of the table.</summary>
    /// <param name="position">t, at least 0</param>
    /// <param name="row">[d], filled; a last odd column of halves is zero</param>
    public void Fill(int position, Span<float> row)
    {
        row.Clear();
        var half = row.Length / 2;
        for (var i = 0; 2 * i < row.Length; i++)
        {
            var angle = position * Frequency(i, row.Length);
            var (sine, cosine) = Layout == SinusoidalLayout.Interleaved ? (2 * i, 2 * i + 1) : (i, half + i);
            if (Layout == SinusoidalLayout.Halves && i >= half) break;
            row[sine] = Functions.Sin(angle);
            if (cosine < row.Length) row[cosine] = Functions.Cos(angle);
        }
    }

    float Frequency(int i, int width) => Layout == SinusoidalLayout.Interleaved
        ? Power(-2f * i / width)
        : Power(-(float)i / Math.Max(width / 2 - 1, 1));

    // 10000^x = exp(x·ln 10000)
    static float Power(float exponent) => Functions.Exp(exponent * 9.210340371976184f);
}

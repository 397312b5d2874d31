using Heed.Positions;

namespace Heed.Tests.Goldens;

/// <summary>Both published tables of sines and cosines: the paper's and tensor2tensor's.</summary>
/// <remarks>Marian's halves (the paper's frequencies in tensor2tensor's order) and fairseq's padding row are a third and a fourth; Heed has neither.</remarks>
public sealed class SinusoidalGoldens
{
    [Theory]
    [InlineData("interleaved_64x16", SinusoidalLayout.Interleaved, "out.table", 0)]
    [InlineData("tensor2tensor_64x16", SinusoidalLayout.Halves, "out.table", 0)]
    [InlineData("tensor2tensor_64x16", SinusoidalLayout.Halves, "out.table_start3", 3)]
    [InlineData("tensor2tensor_50x15", SinusoidalLayout.Halves, "out.table", 0)]
    [InlineData("tensor2tensor_50x15", SinusoidalLayout.Halves, "out.table_start3", 3)]
    public void Tables_are_as_published(string name, SinusoidalLayout layout, string entry, int start)
    {
        var golden = new Golden("sinusoidal/" + name);
        var (length, width) = (golden.Shape(entry)[0], golden.Shape(entry)[1]);
        var positions = new SinusoidalPositions { Layout = layout };
        var row = new float[width];
        for (var t = 0; t < length; t++)
        {
            positions.Fill(start + t, row);
            Near.Values(golden[entry].AsSpan(t * width, width), row, $"position {start + t}");
        }
    }

    // sin²+cos² = 1 at any distance: a frequency's rounding turns the angle, it must not stretch the wave.
    [Theory]
    [InlineData(SinusoidalLayout.Interleaved)]
    [InlineData(SinusoidalLayout.Halves)]
    public void Far_positions_stay_on_the_circle(SinusoidalLayout layout)
    {
        var row = new float[64];
        foreach (var position in (int[])[1_000, 20_000, 100_000])
        {
            new SinusoidalPositions { Layout = layout }.Fill(position, row);
            for (var i = 0; i < 32; i++)
            {
                var (sine, cosine) = layout == SinusoidalLayout.Interleaved ? (row[2 * i], row[2 * i + 1]) : (row[i], row[32 + i]);
                Assert.Equal(1, sine * sine + cosine * cosine, 1e-5);
            }
        }
    }
}

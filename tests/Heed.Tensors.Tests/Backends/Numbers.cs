using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>Memory for a test: the same numbers each time, each run of them followed by NaN that nobody may use or change.</summary>
sealed class Numbers(int seed) : IDisposable
{
    const int Guard = 17;

    readonly Random random = new(seed);
    readonly List<(FloatMemory Memory, nint Length)> runs = [];

    /// <summary>Numbers between -1 and 1.</summary>
    public Floats Draw(nint length)
    {
        var floats = Take(length);
        for (nint i = 0; i < length; i++) floats[i] = 2 * random.NextSingle() - 1;
        return floats;
    }

    public MatrixView Draw(nint rows, nint columns) => MatrixView.Of(Draw(rows * columns), rows, columns);

    public int[] Ids(int count, int limit) => [.. Enumerable.Range(0, count).Select(_ => random.Next(limit))];

    public Floats Copy(Floats x)
    {
        var floats = Take(x.Length);
        x.CopyTo(floats);
        return floats;
    }

    /// <summary>Room whose numbers must be written before they are read.</summary>
    public Floats Room(nint length)
    {
        var floats = Take(length);
        floats.Span.Fill(float.NaN);
        return floats;
    }

    /// <summary>Where a gradient goes: numbers to add to, or room.</summary>
    public Floats Old(nint length, bool accumulate) => accumulate ? Draw(length) : Room(length);

    public void AssertGuardsAreWhole()
    {
        foreach (var (memory, length) in runs)
            for (var i = length; i < memory.Floats.Length; i++)
                if (!float.IsNaN(memory.Floats[i])) Assert.Fail($"Something was written {i - length + 1} floats behind a run of {length}.");
    }

    Floats Take(nint length)
    {
        var memory = new FloatMemory(length + Guard);
        memory.Floats.Slice(length, Guard).Span.Fill(float.NaN);
        runs.Add((memory, length));
        return memory.Floats.Slice(0, length);
    }

    public void Dispose()
    {
        foreach (var (memory, _) in runs) memory.Dispose();
    }
}

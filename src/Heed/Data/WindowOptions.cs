using System.Text.Json.Serialization;
using Heed.Layers;

namespace Heed.Data;

/// <summary>Which part of a text a model reads next.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WindowOrder>))]
public enum WindowOrder
{
    /// <summary>Anywhere, drawn by seed and batch.</summary>
    Random,

    /// <summary>From the beginning to the end, and again.</summary>
    InOrder,
}

/// <summary>How one long text becomes batches.</summary>
public sealed record WindowOptions
{
    const int MostSequences = 1 << 20;

    /// <summary>How many windows make a batch, 1 to 2²⁰.</summary>
    public int Sequences { get; init; } = 12;

    /// <summary>Where they stand in the text.</summary>
    public WindowOrder Order { get; init; } = WindowOrder.Random;

    /// <summary>Decides what is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
        => Sequences is < 1 or > MostSequences ? [$"sequences is {Sequences}; it must be at least 1 and at most {MostSequences}."] : [];
}

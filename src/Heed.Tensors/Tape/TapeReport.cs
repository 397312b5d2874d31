using System.Diagnostics;

namespace Heed.Tensors;

/// <summary>Where the time of passes goes: for each kind of operation and width of result, forward and backward.</summary>
/// <remarks>An operation's time runs from the end of the one before it, so that what lies between them is not lost.</remarks>
/// <example><code>
/// workspace.Report = new TapeReport();
/// trainer.Step(batches);
/// foreach (var line in workspace.Report.Lines) Console.WriteLine($"{line.Operation} {line.Direction} {line.Time.TotalMilliseconds} ms");
/// </code></example>
public sealed class TapeReport
{
    readonly Dictionary<(string Operation, nint Width, TapeDirection Direction), (int Calls, long Ticks)> entries = [];
    long last;

    /// <summary>What took how long, the longest first.</summary>
    public IReadOnlyList<TapeLine> Lines =>
    [
        .. entries.Select(entry => new TapeLine(entry.Key.Operation, entry.Key.Width, entry.Key.Direction, entry.Value.Calls, Stopwatch.GetElapsedTime(0, entry.Value.Ticks)))
            .OrderByDescending(line => line.Time).ThenBy(line => line.Operation, StringComparer.Ordinal).ThenBy(line => line.Width),
    ];

    /// <summary>Forgets what was measured, as after a warm-up.</summary>
    public void Clear() => entries.Clear();

    /// <summary>What follows counts from now on.</summary>
    internal void Begin() => last = Stopwatch.GetTimestamp();

    internal void Forward(string operation, Tensor result) => Add((operation, result.Shape.Columns, TapeDirection.Forward));

    internal void Backward(Op op) => Add((op.Name, op.Result.Shape.Columns, TapeDirection.Backward));

    void Add((string, nint, TapeDirection) key)
    {
        var now = Stopwatch.GetTimestamp();
        var (calls, ticks) = entries.GetValueOrDefault(key);
        entries[key] = (calls + 1, ticks + now - last);
        last = now;
    }
}

/// <summary>Which way the tape ran.</summary>
public enum TapeDirection
{
    /// <summary>Results from operands.</summary>
    Forward,

    /// <summary>Gradients of operands from those of results.</summary>
    Backward,
}

/// <summary>One line of a report.</summary>
/// <param name="Operation">the operation's name, as the method that computes it</param>
/// <param name="Width">the last axis of its result</param>
/// <param name="Direction">forward or backward</param>
/// <param name="Calls">how often</param>
/// <param name="Time">how long all calls took together</param>
public readonly record struct TapeLine(string Operation, nint Width, TapeDirection Direction, int Calls, TimeSpan Time);

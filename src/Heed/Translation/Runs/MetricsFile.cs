using System.Globalization;
using System.Text;
using Heed.Checkpoints;

namespace Heed.Translation;

/// <summary><c>metrics.jsonl</c> of a run: a line for each step and each measurement, with the system as soon as it is written and with the disk when the run saves.</summary>
sealed class MetricsFile : IDisposable
{
    readonly FileStream stream;

    /// <summary>Stands behind the lines of the steps done; what was written after them belongs to steps that will be done again.</summary>
    /// <exception cref="InvalidDataException">Lines of the steps done are missing.</exception>
    public MetricsFile(Disk disk, string path, TrainingState state)
    {
        var found = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (found < state.MetricsLength)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"'{path}' has {found} bytes, but those of the first {state.Step} steps were {state.MetricsLength}. Put the whole file back, or delete the checkpoints after the steps that it still has, and resume."));
        stream = disk.Open(path, FileMode.OpenOrCreate);
        stream.SetLength(state.MetricsLength);
        stream.Position = state.MetricsLength;
    }

    /// <summary>Writes a line, whole at once.</summary>
    public void Write(string line) => stream.Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>How many bytes its lines are.</summary>
    public long Length => stream.Position;

    /// <summary>Waits until the disk has all lines.</summary>
    public void Flush() => stream.Flush(flushToDisk: true);

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}

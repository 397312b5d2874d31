using System.Globalization;
using System.Text;

namespace Heed.Translation;

/// <summary><c>pace.jsonl</c>: what the clock says of a run. A line when a session begins, then one every second or thousandth of the session's time.</summary>
sealed class PaceFile : IDisposable
{
    /// <summary>Its name.</summary>
    public const string FileName = "pace.jsonl";

    readonly FileStream stream;

    /// <summary>Appends the beginning of a session.</summary>
    /// <param name="path">the file; a line that a killed process left unfinished goes</param>
    /// <param name="step">how many steps are done</param>
    /// <param name="threads">how many threads work</param>
    /// <param name="now">when</param>
    public PaceFile(string path, int step, int threads, DateTimeOffset now)
    {
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        stream.SetLength(EndOfLastLine());
        stream.Position = stream.Length;
        Write(string.Create(CultureInfo.InvariantCulture, $"{{\"begin\":\"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\",\"step\":{step},\"threads\":{threads}}}"));
    }

    /// <summary>Appends how far the session has come.</summary>
    public void Add(RunPace pace) => Write(string.Create(CultureInfo.InvariantCulture,
        $"{{\"step\":{pace.Step},\"seconds\":{pace.Seconds:F3},\"busy\":{pace.Busy:F3},\"tokens\":{pace.Tokens}}}"));

    void Write(string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Flush();
    }

    long EndOfLastLine()
    {
        for (var end = stream.Length; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n') return end;
        }
        return 0;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}

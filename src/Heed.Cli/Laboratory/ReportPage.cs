using Heed.Cli.Pictures;
using Heed.Laboratory;

namespace Heed.Cli.Laboratory;

/// <summary>A report as a self-contained page.</summary>
static class ReportPage
{
    /// <summary>Writes the page.</summary>
    // The default encoder escapes < and >, so no text can end the script element that holds the data.
    public static void Write(string path, Report report) => PageTemplate.Write(path, "report.html", report.Answer, ReportJson.Of(report).ToJsonString());
}

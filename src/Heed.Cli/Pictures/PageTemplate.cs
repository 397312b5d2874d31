using System.Net;
using System.Text;

namespace Heed.Cli.Pictures;

/// <summary>A self-contained page of the program: a template that a lead and data are put into.</summary>
static class PageTemplate
{
    /// <summary>Writes a page.</summary>
    /// <param name="path">where</param>
    /// <param name="name">which template</param>
    /// <param name="lead">a sentence or two on what is shown</param>
    /// <param name="data">JSON that cannot end a script element: with &lt; and &gt; escaped</param>
    public static void Write(string path, string name, string lead, string data)
    {
        using var resource = typeof(PageTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException("The page's template is missing from the program.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        var template = reader.ReadToEnd();
        File.WriteAllText(path, template.Replace("__LEAD__", WebUtility.HtmlEncode(lead), StringComparison.Ordinal).Replace("__DATA__", data, StringComparison.Ordinal));
    }
}

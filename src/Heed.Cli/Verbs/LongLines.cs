using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>Tells of lines that were too long to be read at once.</summary>
static class LongLines
{
    /// <summary>Says what became of a line, if it was too long.</summary>
    /// <param name="terminal">where it is said</param>
    /// <param name="translator">what translated it</param>
    /// <param name="number">the line, from 1</param>
    /// <param name="result">its translation</param>
    public static void Report(Terminal terminal, Translator translator, long number, TranslationResult result)
    {
        if (result.Parts.Count > 0) terminal.Say($"heed: line {number} is longer than {translator.LongestSource} ids; it was translated in {result.Parts.Count} parts (--max-length).");
        if (result.WasCut) terminal.Say($"heed: line {number} is longer than {translator.LongestSource} ids; the rest of it was not translated (--max-length).");
    }
}

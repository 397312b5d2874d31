using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>Shows how far the preparation of a corpus has come: a bar that is drawn over where somebody looks, a line now and then elsewhere.</summary>
sealed class PreparationDisplay(Terminal terminal) : IProgress<PreparationProgress>
{
    const int BarColumns = 24;
    static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(100), between = TimeSpan.FromSeconds(10);

    readonly Style style = Style.OfMessages(terminal);
    PreparationProgress first;
    long begun, shown;

    /// <inheritdoc/>
    public void Report(PreparationProgress value)
    {
        var now = terminal.Time.GetTimestamp();
        if (begun == 0 || value.Work != first.Work)
        {
            (begun, first) = (now, value);
            // Elsewhere a line at the beginning of what is over in a moment would say nothing.
            shown = terminal.MessagesAreTerminal ? 0 : now;
        }
        if (shown != 0 && terminal.Time.GetElapsedTime(shown, now) < (terminal.MessagesAreTerminal ? redraw : between)) return;
        shown = now;
        if (terminal.MessagesAreTerminal) terminal.Status("  " + Line(value, now, bar: true));
        else terminal.Say(Line(value, now, bar: false));
    }

    string Line(PreparationProgress value, long now, bool bar)
    {
        var work = value.Work switch
        {
            PreparationWork.Waiting => "waiting for another process that prepares the same text",
            PreparationWork.Fingerprint => "reading",
            PreparationWork.Learning => "learning the tokenizer",
            _ => "tokenising",
        };
        if (value.Pairs == 0) return work + " …";
        var seconds = terminal.Time.GetElapsedTime(begun, now).TotalSeconds;
        var rate = seconds > 0 ? (value.Bytes - first.Bytes) / seconds : 0;
        var text = $"{work}  {Human.Count(value.Pairs, "pair")}  {Human.Quantity(rate, "B")}/s";
        if (value.TotalBytes <= 0) return text;
        var share = Math.Min(1, (double)value.Bytes / value.TotalBytes);
        var left = rate > 0 ? $"  left {Human.Duration(TimeSpan.FromSeconds((value.TotalBytes - Math.Min(value.Bytes, value.TotalBytes)) / rate))}" : "";
        var full = (int)(share * BarColumns);
        return $"{work}  {(bar ? style.Cyan(new string('█', full)) + style.Dim(new string('░', BarColumns - full)) + " " : "")}{Human.Fixed(100 * share, 0)} %"
            + $"  {Human.Quantity(rate, "B")}/s{left}";
    }
}

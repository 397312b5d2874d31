using System.Text;

namespace Heed.Cli.Tests;

/// <summary>Collects messages and does something when one contains a text for the first time.</summary>
sealed class TriggerWriter(string text, Action trigger) : StringWriter
{
    bool triggered;

    public override void Write(char value)
    {
        base.Write(value);
        Check();
    }

    public override void Write(string? value)
    {
        base.Write(value);
        Check();
    }

    public override void WriteLine(string? value)
    {
        base.Write(value);
        base.Write('\n');
        Check();
    }

    public override Encoding Encoding => Encoding.UTF8;

    void Check()
    {
        if (triggered || !ToString().Contains(text, StringComparison.Ordinal)) return;
        triggered = true;
        trigger();
    }
}

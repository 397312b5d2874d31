namespace Heed.Cli.Progress;

/// <summary>How fast steps pass: means over the last seconds, so that the numbers neither jump nor remember the start.</summary>
sealed class Pace(TimeProvider time)
{
    // Half of what is shown is younger than this.
    const double HalfLife = 8;

    double seconds, steps, tokens;
    long last = time.GetTimestamp();

    /// <summary>Target tokens a second; 0 before the first step.</summary>
    public double TokensPerSecond => seconds > 0 ? tokens / seconds : 0;

    /// <summary>Seconds a step; 0 before the first.</summary>
    public double SecondsPerStep => steps > 0 ? seconds / steps : 0;

    /// <summary>A step was done since the last call.</summary>
    public void Step(int tokensOfStep)
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        var kept = Math.Pow(0.5, passed / HalfLife);
        seconds = seconds * kept + passed;
        steps = steps * kept + 1;
        tokens = tokens * kept + tokensOfStep;
    }

    /// <summary>The time since the last call was no step's; returns its seconds.</summary>
    public double Pause()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        return passed;
    }
}

namespace Heed.Tests;

/// <summary>A clock that goes when it is told to.</summary>
sealed class Clock : TimeProvider
{
    DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public void Go(double seconds) => now += TimeSpan.FromSeconds(seconds);
}

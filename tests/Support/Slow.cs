namespace Heed.Tests.Support;

/// <summary>Tests that take minutes or gigabytes run when HEED_SLOW=1 asks for them, and say so when they do not.</summary>
static class Slow
{
    /// <param name="needs">what the test takes</param>
    public static void OnlyWhenAsked(string needs)
        => Assert.SkipUnless(Environment.GetEnvironmentVariable("HEED_SLOW") == "1", $"Needs {needs}; HEED_SLOW=1 runs it.");
}

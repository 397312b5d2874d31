[assembly: AssemblyFixture(typeof(Heed.Cli.Tests.TrainedRun))]

namespace Heed.Cli.Tests;

/// <summary>One tiny run, trained once for all tests that only read it.</summary>
public sealed class TrainedRun : IAsyncLifetime
{
    readonly Folder folder = new();

    internal Ran Ran { get; private set; } = null!;

    internal string Recipe { get; private set; } = "";

    internal string Path => folder["run"];

    internal string Model => System.IO.Path.Combine(Path, "model");

    internal string Validation(string language) => folder["valid." + language];

    public async ValueTask InitializeAsync()
    {
        Recipe = Tiny.Recipe(folder, steps: 60, every: 20);
        Ran = await Heed.Run("train", Recipe, "--out", Path, "--threads", "1");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Heed.Translation;

namespace Heed.Tests;

/// <summary>A run that is stopped and resumed.</summary>
static class StoppedRun
{
    /// <summary>Asserts that it leaves the bytes of one that was not.</summary>
    /// <param name="corner">where both are kept</param>
    /// <param name="recipe">what is trained</param>
    /// <param name="after">the step after which it is stopped</param>
    /// <param name="files">what is compared: paths within a run</param>
    public static void LeavesTheBytesOfOneThatWasNot(Corner corner, TaskRecipe recipe, int after, params string[] files)
    {
        using (var run = TrainingRun.Start(recipe, recipe.Begin(), corner["straight"], Cpu.Two)) Assert.IsType<Finished>(run.Continue().Last());
        using (var stop = new CancellationTokenSource())
        using (var run = TrainingRun.Start(recipe, recipe.Begin(), corner["stopped"], Cpu.Two))
        {
            foreach (var happened in run.Continue(stop.Token))
                if (happened is Stepped step && step.Report.Number == after) stop.Cancel();
        }
        using (var run = TrainingRun.Resume(corner["stopped"], Cpu.Two)) Assert.IsType<Finished>(run.Continue().Last());
        foreach (var file in files) Assert.Equal(File.ReadAllBytes(Path.Combine(corner["straight"], file)), File.ReadAllBytes(Path.Combine(corner["stopped"], file)));
    }
}

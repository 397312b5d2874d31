using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class RunFolderTests : IDisposable
{
    readonly Corner corner = new();

    [Fact]
    public void A_new_run_keeps_its_recipe()
    {
        var recipe = corner.Recipe();
        RunFolder.Create(corner["run"], recipe, overwrite: false);
        Assert.Equal(recipe, RunFolder.Open(corner["run"]).ReadRecipe());
    }

    [Fact]
    public void An_empty_directory_may_become_a_run()
    {
        Directory.CreateDirectory(corner["run"]);
        Assert.Empty(RunFolder.Create(corner["run"], new Recipe(), overwrite: false).Checkpoints());
    }

    [Fact]
    public void A_run_is_not_overwritten_unless_that_is_asked_for()
    {
        RunFolder.Create(corner["run"], new Recipe(), overwrite: false);
        Directory.CreateDirectory(Path.Combine(corner["run"], "checkpoint-5"));
        var fault = Assert.Throws<IOException>(() => { RunFolder.Create(corner["run"], new Recipe(), overwrite: false); });
        Assert.Contains("heed resume", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--force", fault.Message, StringComparison.Ordinal);
        Assert.Empty(RunFolder.Create(corner["run"], new Recipe(), overwrite: true).Checkpoints());
    }

    [Fact]
    public void Force_replaces_nothing_that_is_no_run()
    {
        Directory.CreateDirectory(corner["thesis"]);
        corner.Write(Path.Combine("thesis", "chapter.txt"), "years of work");
        Assert.Throws<IOException>(() => { RunFolder.Create(corner["thesis"], new Recipe(), overwrite: true); });
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(corner["thesis"], "chapter.txt")));
    }

    [Fact]
    public void Checkpoints_are_counted_by_number_and_unfinished_ones_not_at_all()
    {
        var run = RunFolder.Create(corner["run"], new Recipe(), overwrite: false);
        foreach (var name in (string[])["checkpoint-9", "checkpoint-100", "checkpoint-20", "checkpoint-30.unfinished", "checkpoint-x", "best"])
            Directory.CreateDirectory(Path.Combine(corner["run"], name));
        Assert.Equal([9, 20, 100], run.Checkpoints());
        run.Prune(2);
        Assert.Equal([20, 100], run.Checkpoints());
        Assert.True(Directory.Exists(Path.Combine(corner["run"], "best")));
        run.Prune(5);
        Assert.Equal([20, 100], run.Checkpoints());
    }

    [Fact]
    public void A_directory_without_a_recipe_is_no_run()
    {
        Directory.CreateDirectory(corner["run"]);
        Assert.Contains("recipe.json", Assert.Throws<DirectoryNotFoundException>(() => { RunFolder.Open(corner["run"]); }).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}

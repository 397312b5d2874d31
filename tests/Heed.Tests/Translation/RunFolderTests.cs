using Heed.Checkpoints;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class RunFolderTests : IDisposable
{
    readonly Corner corner = new();

    [Fact]
    public void A_new_run_keeps_its_recipe()
    {
        var recipe = corner.Recipe();
        Create("run", recipe);
        Assert.Equal(recipe, RunFolder.Open(corner["run"]).ReadRecipe());
    }

    [Fact]
    public void An_empty_directory_may_become_a_run()
    {
        Directory.CreateDirectory(corner["run"]);
        Create("run", new Recipe());
        Assert.Empty(RunFolder.Open(corner["run"]).Checkpoints());
    }

    [Fact]
    public void A_run_is_not_overwritten_unless_that_is_asked_for()
    {
        Create("run", new Recipe());
        Directory.CreateDirectory(Path.Combine(corner["run"], "checkpoint-5"));
        var fault = Assert.Throws<IOException>(() => Create("run", new Recipe()));
        Assert.Contains("heed resume", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--force", fault.Message, StringComparison.Ordinal);
        Create("run", new Recipe(), overwrite: true);
        Assert.Empty(RunFolder.Open(corner["run"]).Checkpoints());
    }

    [Fact]
    public void Force_replaces_nothing_that_is_no_run()
    {
        Directory.CreateDirectory(corner["thesis"]);
        corner.Write(Path.Combine("thesis", "chapter.txt"), "years of work");
        Assert.Throws<IOException>(() => Create("thesis", new Recipe(), overwrite: true));
        Assert.Equal([corner.Write(Path.Combine("thesis", "chapter.txt"), "years of work")], Directory.GetFileSystemEntries(corner["thesis"]));
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(corner["thesis"], "chapter.txt")));
    }

    [Fact]
    public void Checkpoints_are_counted_by_number_and_unfinished_ones_not_at_all()
    {
        using var run = RunWriter.Create(corner["run"], new Recipe(), overwrite: false, Disk.Real);
        foreach (var name in (string[])["checkpoint-9", "checkpoint-100", "checkpoint-20", "checkpoint-30.unfinished", "checkpoint-x", "best"])
            Directory.CreateDirectory(Path.Combine(corner["run"], name));
        Assert.Equal([9, 20, 100], run.Folder.Checkpoints());
        run.Prune(2, _ => true);
        Assert.Equal([20, 100], run.Folder.Checkpoints());
        Assert.True(Directory.Exists(Path.Combine(corner["run"], "best")));
        run.Prune(5, _ => true);
        Assert.Equal([20, 100], run.Folder.Checkpoints());
    }

    [Fact]
    public void A_step_at_which_the_run_was_only_interrupted_keeps_its_checkpoint_while_it_is_the_last()
    {
        using var run = RunWriter.Create(corner["run"], new Recipe(), overwrite: false, Disk.Real);
        void Save(int step) => Directory.CreateDirectory(run.Folder.Checkpoint(step));
        foreach (var step in (int[])[10, 20, 30, 33]) Save(step);
        run.Prune(2, step => step % 10 == 0);
        Assert.Equal([20, 30, 33], run.Folder.Checkpoints());
        Save(40);
        run.Prune(2, step => step % 10 == 0);
        Assert.Equal([30, 40], run.Folder.Checkpoints());
    }

    [Fact]
    public void Two_cannot_train_in_one_directory()
    {
        using (RunWriter.Create(corner["run"], new Recipe(), overwrite: false, Disk.Real))
        {
            foreach (var second in (Action[])[() => RunWriter.Open(corner["run"], Disk.Real), () => Create("run", new Recipe(), overwrite: true), () => RunFolder.CheckFree(corner["run"], overwrite: true)])
                Assert.StartsWith($"Another process is at work in '{corner["run"]}'.", Assert.Throws<IOException>(second).Message, StringComparison.Ordinal);
        }
        RunWriter.Open(corner["run"], Disk.Real).Dispose();
    }

    [Fact]
    public void What_a_killed_process_left_is_cleared_away_and_what_it_was_replacing_comes_back()
    {
        Create("run", new Recipe());
        foreach (var name in (string[])["checkpoint-9", "checkpoint-9.replaced", "checkpoint-30.unfinished", "best.replaced", "best.unfinished", "model.unfinished", "mine.unfinished"])
            Directory.CreateDirectory(Path.Combine(corner["run"], name));
        RunWriter.Open(corner["run"], Disk.Real).Dispose();
        Assert.Equal(["best", "checkpoint-9", "mine.unfinished"], Directory.GetDirectories(corner["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_of_steps_that_will_be_done_again_are_cut_off()
    {
        corner.Write("metrics.jsonl", "{\"step\":1}\n{\"step\":2}\n{\"st");
        using (var metrics = new MetricsFile(Disk.Real, corner["metrics.jsonl"], new TrainingState { Step = 1, MetricsLength = 11 }))
        {
            Assert.Equal("{\"step\":1}\n", File.ReadAllText(corner["metrics.jsonl"]));
            metrics.Write("{\"step\":2,\"other\":0}");
            Assert.Equal("{\"step\":1}\n{\"step\":2,\"other\":0}\n", File.ReadAllText(corner["metrics.jsonl"]));
        }
    }

    [Fact]
    public void A_run_that_was_stopped_before_it_began_is_no_run_and_in_nobodys_way()
    {
        Create("run", new Recipe());
        File.Move(Path.Combine(corner["run"], "recipe.json"), Path.Combine(corner["run"], "recipe.json.unfinished"));
        Assert.Contains("heed train", Assert.Throws<DirectoryNotFoundException>(() => { RunFolder.Open(corner["run"]); }).Message, StringComparison.Ordinal);
        Create("run", new Recipe());
        Assert.Equal([".lock", "recipe.json"], Directory.GetFiles(corner["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_directory_without_a_recipe_is_no_run()
    {
        Directory.CreateDirectory(corner["run"]);
        Assert.Contains("recipe.json", Assert.Throws<DirectoryNotFoundException>(() => { RunFolder.Open(corner["run"]); }).Message,
            StringComparison.Ordinal);
    }

    void Create(string name, Recipe recipe, bool overwrite = false) => RunWriter.Create(corner[name], recipe, overwrite, Disk.Real).Dispose();

    public void Dispose() => corner.Dispose();
}

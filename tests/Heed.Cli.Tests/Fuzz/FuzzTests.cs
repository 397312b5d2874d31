using System.Diagnostics;
using System.Globalization;
using Heed.Tests.Support;

namespace Heed.Cli.Tests.Fuzz;

/// <summary>
/// Whatever a file or a command line holds is read and used, or refused with a sentence: no other exception, no end of memory, no end of time.
/// A case is a target and a seed; seeds that once failed are kept in seeds.txt.
/// </summary>
/// <remarks><c>HEED_FUZZ="recipes 1234"</c> runs one case and lets its exception through; <c>HEED_SLOW=1</c> runs 100,000.</remarks>
public sealed class FuzzTests(TrainedRun trained, ITestOutputHelper output)
{
    // No case takes more than a few milliseconds; what is not done by then will not be.
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    Target Make(string name) => name switch
    {
        "recipes" => new RecipeTarget(),
        "corpora" => new CorpusTarget(),
        "tokenizers" => new TokenizerTarget(),
        "tensors" => new SafeTensorsTarget(),
        "models" => new ModelTarget(trained.Model),
        "commands" => new CommandLineTarget(trained.Path),
        _ => throw new ArgumentException($"There is no target '{name}'.", nameof(name)),
    };

    [Theory]
    [InlineData("recipes", 1200)]
    [InlineData("corpora", 1500)]
    [InlineData("tokenizers", 1000)]
    [InlineData("tensors", 1500)]
    [InlineData("models", 500)]
    [InlineData("commands", 300)]
    public void Any_input_is_used_or_refused(string target, int cases) => Run(target, Enumerable.Range(0, cases));

    [Theory]
    [InlineData("recipes", 25_000)]
    [InlineData("corpora", 20_000)]
    [InlineData("tokenizers", 20_000)]
    [InlineData("tensors", 20_000)]
    [InlineData("models", 10_000)]
    [InlineData("commands", 5_000)]
    public void Any_of_a_hundred_thousand_inputs_is_used_or_refused(string target, int cases)
    {
        Slow.OnlyWhenAsked("some minutes");
        Run(target, Enumerable.Range(1_000_000, cases));
    }

    [Fact]
    public void What_failed_once_fails_no_more()
    {
        var kept = File.ReadLines(Places.InRepository("tests", "Heed.Cli.Tests", "Fuzz", "seeds.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 3)).ToList();
        Assert.NotEmpty(kept);
        foreach (var target in kept.GroupBy(words => words[0])) Run(target.Key, target.Select(words => int.Parse(words[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void One_case_that_was_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable("HEED_FUZZ");
        Assert.SkipWhen(string.IsNullOrEmpty(asked), "HEED_FUZZ names no case.");
        var words = asked!.Split(' ');
        using var target = Make(words[0]);
        target.Try(int.Parse(words[1], CultureInfo.InvariantCulture));
    }

    void Run(string name, IEnumerable<int> seeds)
    {
        using var target = Make(name);
        var failed = new List<string>();
        int current = 0, done = 0;
        // A thread of its own, so that one that never ends can be named.
        var work = new Thread(() =>
        {
            foreach (var seed in seeds)
            {
                Volatile.Write(ref current, seed);
                try
                {
                    target.Try(seed);
                }
                catch (Exception fault)
                {
                    failed.Add($"{name} {seed}  # {fault}");
                    if (failed.Count == 20) return;
                }
                Interlocked.Increment(ref done);
            }
        }) { IsBackground = true };
        work.Start();
        var (last, since) = (-1, Stopwatch.StartNew());
        while (!work.Join(TimeSpan.FromMilliseconds(200)))
        {
            if (Volatile.Read(ref done) is var now && now != last) (last, since) = (now, Stopwatch.StartNew());
            Assert.True(since.Elapsed < patience, $"{name} {Volatile.Read(ref current)} does not end.");
        }
        output.WriteLine($"{name}: {done} cases");
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
    }
}

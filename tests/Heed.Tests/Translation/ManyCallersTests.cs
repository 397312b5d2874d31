using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Many threads, one translator: results, cancellation, disposal.</summary>
public sealed class ManyCallersTests : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);
    static readonly string[] words = ["the cat", "a dog", "my friend", "the old man", "sees", "wants", "hears", "a house", "the sea", "two birds", "and", "???"];

    readonly Ensembles all = new(2);

    static string[] LinesOf(int caller)
    {
        var random = new Random(caller);
        return [.. Enumerable.Range(0, 20).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)])))];
    }

    static List<string> Spell(IEnumerable<TranslationResult> results)
        => [.. results.Select(result => FormattableString.Invariant($"{result.Text} {result.LogProbability:R} {result.Score:R} {result.Parts.Count}"))];

    // Searches, draws, streams and looks into the attention, each with lines of its own.
    static async Task<List<string>> Call(Translator translator, int caller)
    {
        var lines = LinesOf(caller);
        return (caller % 4) switch
        {
            0 => Spell(translator.Search(lines)),
            1 => Spell(translator.Sample(lines, new() { Seed = (ulong)caller })),
            2 => Spell(await translator.TranslateAsync(lines.ToAsyncEnumerable()).ToListAsync(TestContext.Current.CancellationToken)),
            _ => [.. translator.Search(lines).Where(result => result.Parts.Count == 0).Select(result => translator.Align(result).ToString()),
                string.Concat(await translator.StreamAsync(lines[0]).ToListAsync(TestContext.Current.CancellationToken))],
        };
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task Each_caller_gets_what_it_gets_alone(int threads, int models)
    {
        const int Callers = 16;
        using var backend = new CpuBackend(threads);
        using var translator = new Translator([.. all.Models.Take(models)], backend, new() { MaximumLength = 30, WhenLonger = LongLine.Split });
        var alone = new List<List<string>>();
        for (var caller = 0; caller < Callers; caller++) alone.Add(await Call(translator, caller));
        using var start = new ManualResetEventSlim();
        var together = Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(() =>
        {
            start.Wait();
            return Call(translator, caller);
        }, TaskCreationOptions.LongRunning).Unwrap()).ToList();
        start.Set();
        for (var caller = 0; caller < Callers; caller++) Assert.Equal(alone[caller], await together[caller].WaitAsync(patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_cancelled_call_stops_soon_and_the_next_one_is_as_if_it_had_not_been()
    {
        using var translator = new Translator(all.Models, Cpu.Two);
        var lines = LinesOf(1);
        var expected = Spell(translator.Search(lines));
        var endless = all.Models[0].Decoding with { MinimumLength = 60, LengthSurplus = 64 };
        for (var delay = 0; delay < 12; delay++)
        {
            using var stop = new CancellationTokenSource();
            // A thread of its own: a timer waits for the pool, which other tests may keep busy for longer than the call takes.
            var canceller = new Thread(() =>
            {
                Thread.Sleep(delay);
                stop.Cancel();
            });
            canceller.Start();
            if (delay == 0) canceller.Join();
            string[] many = [.. Enumerable.Repeat(lines, 100).SelectMany(line => line)];
            var fault = Assert.ThrowsAny<OperationCanceledException>(() => delay % 2 == 0 ? translator.Search(many, endless, stop.Token) : translator.Sample(many, new(), endless, stop.Token));
            canceller.Join();
            Assert.Equal(stop.Token, fault.CancellationToken);
            Assert.Equal(expected, Spell(translator.Search(lines)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_search_that_is_cancelled_between_two_steps_gives_its_memory_back(int steps)
    {
        var models = all.Models.Select(model => model.Model).ToList<ISequenceToSequence>();
        using var workspace = new Workspace(Cpu.Two);
        int[][] sources = [[5, 6, 7, 1], [8, 9, 1]];
        List<Hypothesis> Search(int cancelAfter)
        {
            using var stop = new CancellationTokenSource();
            using var decoding = new Stopping(Ensemble.Begin(models, workspace, [Tokens.Of([.. sources]), Tokens.Of([.. sources])]), stop, cancelAfter);
            return [.. new BeamSearch(new() { Beam = 3, MinimumLength = 12 }, 0, 1).Run(decoding, workspace, [20, 20], stop.Token).SelectMany(found => found)];
        }
        var expected = Search(int.MaxValue);
        var (held, asked) = (workspace.BytesHeld, workspace.Allocations);
        for (var again = 0; again < 30; again++) Assert.Throws<OperationCanceledException>(() => Search(steps));
        foreach (var (before, after) in expected.Zip(Search(int.MaxValue)))
        {
            Assert.Equal(before.Ids, after.Ids);
            Assert.Equal(before.Score, after.Score);
        }
        Assert.Equal((held, asked), (workspace.BytesHeld, workspace.Allocations));
    }

    [Fact]
    public async Task Disposing_while_others_translate_stops_them_with_a_sentence_and_harms_nobody()
    {
        const int Callers = 6;
        for (var round = 0; round < 5; round++)
        {
            var translator = Translator.Load(all.Folders, threads: 2);
            using var begun = new CountdownEvent(Callers);
            var endless = all.Models[0].Decoding with { MinimumLength = 60, LengthSurplus = 64 };
            var callers = Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(() =>
            {
                begun.Signal();
                while (true)
                {
                    if (caller % 2 == 0) translator.Search(LinesOf(caller), endless);
                    else translator.Sample(LinesOf(caller), new(), endless);
                }
            }, TaskCreationOptions.LongRunning)).ToList();
            begun.Wait(TestContext.Current.CancellationToken);
            await Task.Delay(10 * round, TestContext.Current.CancellationToken);
            Parallel.Invoke(translator.Dispose, translator.Dispose);
            foreach (var caller in callers)
            {
                var fault = await Assert.ThrowsAsync<ObjectDisposedException>(() => caller.WaitAsync(patience, TestContext.Current.CancellationToken));
                Assert.StartsWith("The Translator was disposed.", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task After_disposal_every_call_says_so()
    {
        var translator = new Translator(all.Models[0], Cpu.Two);
        var result = translator.Search(["the cat"])[0];
        await using var open = translator.TranslateAsync(new[] { "a dog", "a house" }.ToAsyncEnumerable()).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        translator.Dispose();
        translator.Dispose();
        foreach (var call in (Action[])[() => translator.Translate(["a"]), () => translator.Search([]), () => translator.Sample(["a"], new()), () => translator.Attention(result), () => translator.Align(result)])
            Assert.Throws<ObjectDisposedException>(call);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await open.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await translator.StreamAsync("a").ToListAsync(TestContext.Current.CancellationToken));
        // Its model is its owner's, and as it was.
        using var another = new Translator(all.Models[0], Cpu.Two);
        Assert.Equal(result.Text, another.Translate(["the cat"])[0]);
    }

    [Fact]
    public async Task A_stream_whose_translator_is_disposed_ends_with_a_sentence()
    {
        var translator = new Translator(all.Models[0], Cpu.Two);
        var endless = all.Models[0].Decoding with { MinimumLength = 62, LengthSurplus = 64 };
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            while (true)
                await foreach (var _ in translator.StreamAsync("the cat", options: endless)) translator.Dispose();
        });
    }

    public void Dispose() => all.Dispose();

    sealed class Stopping(IDecoding decoding, CancellationTokenSource stop, int after) : IDecoding
    {
        int steps;

        public int Count => decoding.Count;

        public Tensor Next(Pass pass, int[] last)
        {
            if (++steps == after) stop.Cancel();
            return decoding.Next(pass, last);
        }

        public void Reorder(ReadOnlySpan<int> parents) => decoding.Reorder(parents);

        public void Dispose() => decoding.Dispose();
    }
}

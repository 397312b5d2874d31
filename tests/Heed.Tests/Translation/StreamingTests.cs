using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Heed.Decoding;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Lines and ids as they come.</summary>
public sealed class StreamingTests : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);
    static readonly string[] some = ["the cat sees a house", "", "a dog", "my friend wants two birds", "  ", "???", "the old man hears the sea"];

    readonly Ensembles all = new(1);
    readonly Translator translator;

    public StreamingTests() => translator = new Translator(all.Models[0], Cpu.Two, new() { MaximumLength = 12, WhenLonger = LongLine.Split });

    static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => some[i % some.Length])];

    static List<string> Spell(IEnumerable<TranslationResult> results) => [.. results.Select(result => FormattableString.Invariant($"{result.Text} {result.LogProbability:R}"))];

    /// <summary>A source that counts how many lines it was asked for, and notices when it is left.</summary>
    sealed class Source(IReadOnlyList<string> lines)
    {
        public int Asked;
        public bool IsLeft;

        public async IAsyncEnumerable<string> Read([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                foreach (var line in lines)
                {
                    Asked++;
                    await Task.Yield();
                    cancellation.ThrowIfCancellationRequested();
                    yield return line;
                }
            }
            finally
            {
                IsLeft = true;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(300)]
    public async Task Streamed_results_are_those_of_all_lines_at_once(int count)
    {
        var lines = Lines(count);
        var source = new Source(lines);
        Assert.Equal(Spell(translator.Search(lines)), Spell(await translator.TranslateAsync(source.Read(), cancellation: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)));
        Assert.True(source.IsLeft);
        var sampling = new Sampling { Seed = 4, FirstNumber = 7 };
        Assert.Equal(Spell(translator.Sample(lines, sampling)), Spell(await translator.SampleAsync(new Source(lines).Read(), sampling, cancellation: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_line_is_answered_before_the_next_one_comes()
    {
        var lines = Channel.CreateUnbounded<string>();
        await using var results = translator.TranslateAsync(lines.Reader.ReadAllAsync()).GetAsyncEnumerator();
        foreach (var line in some)
        {
            lines.Writer.TryWrite(line);
            Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(patience, TestContext.Current.CancellationToken));
            Assert.Equal(translator.Translate([line])[0], results.Current.Text);
        }
        lines.Writer.Complete();
        Assert.False(await results.MoveNextAsync());
    }

    [Fact]
    public async Task A_slow_reader_slows_the_source_down()
    {
        var source = new Source(Lines(100_000));
        var read = 0;
        await foreach (var _ in translator.TranslateAsync(source.Read()))
        {
            // What is asked for ahead: the piece of which this result is one, and one line.
            Assert.InRange(source.Asked, read + 1, 2 * read + 32 + 1);
            if (++read == 150) break;
        }
        Assert.True(source.IsLeft);
    }

    [Fact]
    public async Task Who_leaves_early_does_not_wait_for_a_line_that_may_never_come()
    {
        var lines = Channel.CreateUnbounded<string>();
        lines.Writer.TryWrite("a dog");
        await Leave().WaitAsync(patience, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        lines.Writer.TryWrite("a dog");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cancel(stop).WaitAsync(patience, TestContext.Current.CancellationToken));
        Assert.Equal(translator.Translate(["a dog"]), translator.Translate(["a dog"]));

        async Task Leave()
        {
            await foreach (var _ in translator.TranslateAsync(lines.Reader.ReadAllAsync())) break;
        }

        async Task Cancel(CancellationTokenSource source)
        {
            await foreach (var _ in translator.TranslateAsync(lines.Reader.ReadAllAsync()).WithCancellation(source.Token)) await source.CancelAsync();
        }
    }

    [Fact]
    public async Task What_goes_wrong_in_the_source_comes_after_the_last_good_line()
    {
        static async IAsyncEnumerable<string> Breaking()
        {
            for (var i = 0; i < 40; i++) yield return some[i % some.Length];
            await Task.Yield();
            throw new IOException("The disk is gone.");
        }
        var results = new List<TranslationResult>();
        var fault = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var result in translator.TranslateAsync(Breaking())) results.Add(result);
        });
        Assert.Equal("The disk is gone.", fault.Message);
        Assert.Equal(Spell(translator.Search(Lines(40))), Spell(results));
    }

    [Fact]
    public void Options_are_refused_at_once_and_not_when_the_first_result_is_asked_for()
    {
        var wrong = all.Models[0].Decoding with { Beam = 0 };
        Assert.Throws<ArgumentException>(() => translator.TranslateAsync(new Source([]).Read(), wrong));
        Assert.Throws<ArgumentException>(() => translator.SampleAsync(new Source([]).Read(), new() { Rules = [new TopK(0)] }));
        Assert.Throws<ArgumentException>(() => translator.StreamAsync("a", options: wrong));
        Assert.Throws<ArgumentException>(() => translator.StreamAsync("a", new() { Rules = [new TopK(0)] }));
    }

    [Theory]
    [InlineData("the cat sees a house")]
    [InlineData("")]
    [InlineData("🦆 ça é?")]
    [InlineData("the cat sees a house. a dog hears two birds! my friend wants the sea. a house.")]
    public async Task The_pieces_of_a_translation_are_the_translation(string line)
    {
        var options = all.Models[0].Decoding with { MinimumLength = 2 };
        Assert.Equal(translator.Translate([line], options with { Beam = 1 })[0], string.Concat(await Pieces(translator.StreamAsync(line, options: options))));
        for (ulong seed = 0; seed < 20; seed++)
        {
            var sampling = new Sampling { Seed = seed, FirstNumber = 3, Rules = [new Temperature(2)] };
            Assert.Equal(translator.Sample([line], sampling)[0].Text, string.Concat(await Pieces(translator.StreamAsync(line, sampling))));
        }
    }

    [Fact]
    public async Task A_stream_of_ids_can_be_left_at_any_piece()
    {
        var options = all.Models[0].Decoding with { MinimumLength = 40, LengthSurplus = 60 };
        var whole = await Pieces(translator.StreamAsync("the cat", options: options));
        for (var leave = 1; leave < 6; leave++)
        {
            var pieces = new List<string>();
            await foreach (var piece in translator.StreamAsync("the cat", options: options))
            {
                pieces.Add(piece);
                if (pieces.Count == leave) break;
            }
            Assert.Equal(whole[..leave], pieces);
        }
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pieces(translator.StreamAsync("the cat", cancellation: stop.Token)));
        Assert.Equal(whole, await Pieces(translator.StreamAsync("the cat", options: options)));
    }

    [Fact]
    public async Task What_fails_in_the_model_fails_the_stream_with_its_own_sentence()
    {
        all.Models[0].Parameters["decoder.0.feed.second.weight"].Value.Span.Fill(float.NaN);
        using var broken = new Translator(all.Models[0], Cpu.Two);
        var fault = await Assert.ThrowsAsync<NotFiniteNumberException>(() => Pieces(broken.StreamAsync("the cat")));
        Assert.StartsWith("Forward, Linear at decoder.0.feed.second", fault.Message, StringComparison.Ordinal);
    }

    static async Task<List<string>> Pieces(IAsyncEnumerable<string> stream)
    {
        var pieces = await stream.ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("", pieces);
        return pieces;
    }

    public void Dispose()
    {
        translator.Dispose();
        all.Dispose();
    }
}

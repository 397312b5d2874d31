using Heed.Cli.Progress;
using Heed.Cli.Terminals;
using Heed.Training;
using Heed.Translation;

namespace Heed.Cli.Tests;

public sealed class TrainingDisplayTests : IDisposable
{
    /// <summary>Time that passes when told.</summary>
    sealed class Clock : TimeProvider
    {
        long now = 1;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now;

        public void Pass(double seconds) => now += (long)(seconds * 1000);
    }

    readonly Clock clock = new();
    readonly StringWriter messages = new() { NewLine = "\n" };
    readonly Recipe recipe = new() { Training = new() { Steps = 1000 }, Validation = new() { Every = 100 } };

    public void Dispose() => messages.Dispose();

    TrainingDisplay Display(bool looked, int columns = 120)
        => new(new Terminal(Stream.Null, Stream.Null, messages) { MessagesAreTerminal = looked, Colours = false, Columns = () => columns, Time = clock }, recipe);

    static Stepped Step(int number, double loss = 4) => new(new StepReport(number, loss, loss - 0.5, 2000, 0.75, 0.00123), 0, 1e6);

    [Fact]
    public void Where_nobody_looks_there_is_a_line_every_ten_seconds_and_for_the_first_and_last_step()
    {
        var display = Display(looked: false);
        for (var step = 1; step <= 1000; step++)
        {
            clock.Pass(0.1);
            display.Show(Step(step));
        }
        var lines = messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([1, 101, 201, 301, 401, 501, 601, 701, 801, 901, 1000], lines.Select(line => int.Parse(line.Split(' ')[1].Split('/')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("step 101/1000  loss 4.0000  20,000 tokens/s  rate 0.00123  norm 0.750  remaining 1:29", lines[1]);
    }

    [Fact]
    public void Where_somebody_looks_one_line_is_drawn_over()
    {
        var display = Display(looked: true);
        for (var step = 1; step <= 8; step++)
        {
            clock.Pass(0.5);
            display.Show(Step(step, loss: 9 - step));
        }
        var text = messages.ToString();
        Assert.DoesNotContain('\n', text);
        var last = text.Split("\r\x1b[2K")[^1];
        Assert.Equal("  8/1,000    0 %  loss 4.500  █▇▆▅▄▃▂▁          4,000 tok/s  left 8:16  rate 0.00123  norm 0.75", last);
        display.Clear();
        Assert.EndsWith("\r\x1b[2K", messages.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void The_line_fits_the_terminal(int columns)
    {
        var display = Display(looked: true, columns);
        clock.Pass(0.5);
        display.Show(Step(999));
        Assert.InRange(messages.ToString().Length, 10, columns - 1);
    }

    [Fact]
    public void Eighty_columns_have_room_for_everything()
    {
        var display = Display(looked: true, columns: 80);
        clock.Pass(0.5);
        display.Show(Step(999));
        Assert.Matches(@"^ +999/1,000 +loss 4\.000 +▁ +4,000 tok/s +left 0:00 +rate 0\.00123 +norm 0\.75$", messages.ToString());
    }

    [Fact]
    public void Measuring_takes_the_place_of_the_line()
    {
        var display = Display(looked: true);
        clock.Pass(0.5);
        display.Show(Step(100));
        Assert.Equal("  100  measuring …", messages.ToString());
    }

    [Fact]
    public void Measuring_does_not_slow_the_pace_but_counts_towards_what_is_left()
    {
        var display = Display(looked: false);
        for (var step = 1; step <= 100; step++)
        {
            clock.Pass(0.1);
            display.Show(Step(step));
        }
        clock.Pass(20);
        display.Show(new Validated(100, new(3.25) { Bleu = 12.345 }, IsBest: true));
        clock.Pass(1);
        display.Show(new Saved(100, "folder"));
        clock.Pass(0.1);
        display.Show(Step(101));
        var lines = messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("step 100  entropy 3.2500  perplexity 25.79  BLEU 12.35  best so far", lines);
        // 899 steps of 0.1 s and 8 measurements of 21 s.
        Assert.Equal("step 101/1000  loss 4.0000  20,000 tokens/s  rate 0.00123  norm 0.750  remaining 4:17", lines[^1]);
    }

    [Fact]
    public void Samples_stand_on_lines_of_their_own_whatever_they_hold()
    {
        var display = Display(looked: true, columns: 40);
        display.Show(new Validated(100, new(3) { Samples = [[("source", "two\nlines"), ("reference", new string('x', 100)), ("translation", "")]] }, IsBest: false));
        Assert.Equal("step 100  entropy 3.0000  perplexity 20.09\n  source       two lines\n  reference    " + new string('x', 23) + "…\n  translation  \n\n", messages.ToString());
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, 8 }, 8, "▁▂▃▄▅▆▇█")]
    [InlineData(new[] { 8.0, 8, 1, 1 }, 2, "█▁")]
    [InlineData(new[] { 3.0, 3 }, 5, "▁▁")]
    [InlineData(new double[0], 5, "")]
    public void A_sparkline_runs_from_the_least_to_the_greatest(double[] values, int columns, string drawn) => Assert.Equal(drawn, Sparkline.Draw(values, columns));
}

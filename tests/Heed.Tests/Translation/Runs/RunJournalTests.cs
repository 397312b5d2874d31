using System.Text;
using Heed.Checkpoints;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class RunJournalTests : IDisposable
{
    readonly Corner corner = new();
    readonly Clock clock = new();
    readonly RunFolder folder;

    public RunJournalTests()
    {
        using var writer = RunWriter.Create(corner["run"], new Recipe(), overwrite: false, Disk.Real);
        folder = writer.Folder;
    }

    static Stepped Step(int number, double loss = 2) => new(new StepReport(number, loss, loss / 2, 100, 1, 0.5), 0, 1e6);

    [Fact]
    public void A_checksum_is_CRC_32C_masked()
        // 0xE3069283 is the check value of CRC-32C.
        => Assert.Equal(0xC78AB0E5, EventFile.Masked("123456789"u8));

    [Fact]
    public void A_file_begins_with_the_record_that_TensorFlow_writes()
    {
        EventFile.Create(folder.Root, 0, clock).Dispose();
        var bytes = File.ReadAllBytes(Directory.EnumerateFiles(folder.Root, "events.*").Single());
        // Length 26; wall_time 1767323045 s, step 0, file_version.
        Assert.Equal(26, BitConverter.ToInt64(bytes));
        Assert.Equal(((byte[])[0x09, .. BitConverter.GetBytes(1767323045.0), 0x10, 0x00, 0x1A, 13]).Concat(Encoding.ASCII.GetBytes("brain.Event:2")), bytes[12..38]);
    }

    [Fact]
    public void Events_are_means_of_the_steps_since_the_last_and_every_measurement()
    {
        using (var journal = new RunJournal(folder, 0, 2, clock))
        {
            for (var step = 1; step <= 5; step++)
            {
                clock.Go(0.4);
                journal.Note(Step(step, loss: step));
            }
            journal.Note(new Validated(5, new(1.5) { Bleu = 30, Samples = [[("source", "a|b"), ("reference", "c\nd"), ("translation", "e")]] }, IsBest: true));
        }
        var read = EventReader.OfFolder(folder.Root);
        // Beats after 1.2 s and at the measurement.
        Assert.Equal([(3L, "train/loss", 2f), (5L, "train/loss", 4.5f)], read.Scalars.Where(scalar => scalar.Tag == "train/loss"));
        Assert.Equal([250f, 250f], read.Scalars.Where(scalar => scalar.Tag == "train/tokens_per_second").Select(scalar => MathF.Round(scalar.Value)));
        Assert.Equal([(5L, "validation/bleu", 30f)], read.Scalars.Where(scalar => scalar.Tag == "validation/bleu"));
        Assert.Equal(MathF.Exp(1.5f), read.Scalars.Single(scalar => scalar.Tag == "validation/perplexity").Value, 1e-4f);
        Assert.EndsWith("| a\\|b | c d | e |\n", read.Texts.Single().Text, StringComparison.Ordinal);
        Assert.All(read.Times, time => Assert.InRange(time.Time, 1767323045, 1767323047.5));
    }

    [Fact]
    public void Steps_that_are_done_again_show_once_in_events_and_pace()
    {
        void Train(int from, int to, double secondsOfStep)
        {
            using var journal = new RunJournal(folder, from, 2, clock);
            for (var step = from + 1; step <= to; step++)
            {
                clock.Go(secondsOfStep);
                journal.Note(Step(step));
            }
        }
        Train(0, 10, 2);
        clock.Go(-1000);
        Train(6, 9, 3);
        clock.Go(5000);
        Train(8, 12, 4);
        var read = EventReader.OfFolder(folder.Root);
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), read.Scalars.Where(scalar => scalar.Tag == "train/loss").Select(scalar => scalar.Step));
        var history = RunHistory.Read(folder);
        Assert.Equal(Enumerable.Range(0, 13), history.Paces.Select(pace => pace.Step));
        Assert.Equal(6 * 2 + 2 * 3 + 4 * 4, history.Seconds, 1e-6);
        Assert.Equal(1200 / 34.0, history.TokensPerSecond, 1e-6);
        Assert.Equal(15, history.SecondsAt(7), 1e-6);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), history.Began);
    }

    [Fact]
    public void Time_between_two_paces_is_in_proportion()
    {
        using (var journal = new RunJournal(folder, 0, 2, clock))
        {
            clock.Go(8);
            journal.Note(Step(4));
        }
        var history = RunHistory.Read(folder);
        Assert.Equal([0, 2, 4, 8, 8], ((int[])[0, 1, 2, 4, 9]).Select(history.SecondsAt));
    }

    [Fact]
    public void A_line_that_a_kill_left_unfinished_goes()
    {
        File.WriteAllText(folder.Pace, "{\"begin\":\"2026-01-01T00:00:00Z\",\"step\":0,\"threads\":1}\n{\"step\":3,\"seconds\":1.0,\"busy\":1.0,\"tokens\":30}\n{\"step\":4,\"sec");
        Assert.Equal(3, RunHistory.Read(folder).Paces[^1].Step);
        new RunJournal(folder, 3, 2, clock).Dispose();
        Assert.Equal(3, File.ReadAllLines(folder.Pace).Length);
        Assert.Equal(3, RunHistory.Read(folder).Paces[^1].Step);
    }

    [Theory]
    [InlineData("{\"step\":1,\"loss\":\n{\"step\":2}\n", "line 1: expected a line of JSON")]
    [InlineData("{\"step\":1,\"loss\":2}\n", "line 1: expected a number under 'entropy'")]
    [InlineData("{\"step\":1.5}\n", "line 1: expected a whole number under 'step'")]
    [InlineData("[1]\n{}", "line 1: expected an object of keys and values")]
    [InlineData("{\"step\":1,\"validation\":{\"entropy\":\"x\"}}", "line 1: expected a number under 'entropy'")]
    public void Damaged_metrics_are_named_by_file_and_line(string text, string what)
    {
        File.WriteAllText(folder.Metrics, text);
        var fault = Assert.Throws<InvalidDataException>(() => RunHistory.Read(folder));
        Assert.StartsWith($"'{folder.Metrics}', {what}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_pace_is_named_too()
    {
        File.WriteAllText(folder.Pace, "{\"begin\":\"yesterday\",\"step\":0}\n");
        Assert.Contains("expected a time under 'begin'", Assert.Throws<InvalidDataException>(() => RunHistory.Read(folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}

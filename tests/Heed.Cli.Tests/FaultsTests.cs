using Heed.Cli.Terminals;

namespace Heed.Cli.Tests;

public sealed class FaultsTests
{
    static (int Code, string Messages) Told(Exception fault, bool verbose = false)
    {
        var messages = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(Stream.Null, Stream.Null, messages);
        return (Faults.Tell(fault, terminal, HeedCommand.Build(terminal), verbose), messages.ToString());
    }

    public static TheoryData<Exception, int, string> Sentences => new()
    {
        { new InvalidDataException("'f' is wrong."), ExitCode.Failed, "heed: 'f' is wrong.\n" },
        { new AggregateException(new IOException("No room.")), ExitCode.Failed, "heed: No room.\n" },
        { new UsageException("--beam searches."), ExitCode.Usage, "heed: --beam searches.\nSee 'heed --help'.\n" },
        { new ArgumentException("Two rows.", "x"), ExitCode.Failed, "heed: Two rows.\n" },
        { new BrokenPipeException(), ExitCode.Ok, "" },
        { new InvalidDataException("a\u001B[2Jb\u0007\nc\td"), ExitCode.Failed, "heed: a\uFFFD[2Jb\uFFFD\nc\td\n" },
        { new KeyNotFoundException("No key."), ExitCode.Failed, "heed: This should not happen: KeyNotFoundException: No key. Please report it with what --verbose adds.\n" },
        { new ArgumentNullException("x"), ExitCode.Failed, "heed: This should not happen: ArgumentNullException: Value cannot be null. (Parameter 'x') Please report it with what --verbose adds.\n" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Whatever_is_thrown_becomes_a_sentence_and_an_exit_code(Exception fault, int code, string messages) => Assert.Equal((code, messages), Told(fault));

    [Fact]
    public void A_message_has_an_end() => Assert.InRange(Told(new IOException(new string('m', 1 << 20))).Messages.Length, 1, 20_000);

    [Fact]
    public void The_trace_is_for_those_who_ask()
    {
        static void NoRoom() => throw new IOException("No room.");
        var thrown = Record.Exception(NoRoom)!;
        Assert.DoesNotContain("   at ", Told(thrown).Messages, StringComparison.Ordinal);
        Assert.Contains("   at Heed", Told(thrown, verbose: true).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_begins_with_at_is_a_name() => Assert.Equal("heed: There is no directory '@words'. Name a model directory, or a run.\n", (await Heed.Run("translate", "@words")).Messages);
}

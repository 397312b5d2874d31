using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Cli.Verbs;

namespace Heed.Cli.Tests;

public sealed class HelpTests
{
    static RootCommand Root { get; } = HeedCommand.Build(new Terminal(Stream.Null, Stream.Null, TextWriter.Null));

    static IEnumerable<Command> All(Command command) => [command, .. command.Subcommands.SelectMany(All)];

    public static TheoryData<string> Verbs => [.. All(Root).OfType<Verb>().Select(verb => HelpText.PathOf(verb)["heed ".Length..])];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_help_has_examples_that_the_command_line_accepts(string path)
    {
        var ran = await Heed.Run([.. path.Split(' '), "--help"]);
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var verb = All(Root).OfType<Verb>().Single(verb => HelpText.PathOf(verb) == "heed " + path);
        Assert.Contains("heed " + path, verb.Examples[0], StringComparison.Ordinal);
        foreach (var example in verb.Examples)
        {
            Assert.Contains("  " + example + "\n", ran.Output, StringComparison.Ordinal);
            foreach (var call in Calls(example)) Assert.True(Root.Parse(call).Errors.Count == 0, $"{example}: {string.Join(' ', Root.Parse(call).Errors)}");
        }
        Assert.All(verb.Options.Where(option => !option.Hidden), option => Assert.False(string.IsNullOrEmpty(option.Description), option.Name));
        Assert.All(ran.Lines, line => Assert.True(line.Length <= 110 || line.StartsWith("  heed ", StringComparison.Ordinal) || line.StartsWith("Usage", StringComparison.Ordinal), line));
    }

    // The calls of heed within a line of shell, without what the shell does around them.
    static IEnumerable<string> Calls(string example)
        => example.Split(" | ").Where(part => part.StartsWith("heed ", StringComparison.Ordinal)).Select(part => part["heed ".Length..].Split(" < ")[0].Split(" > ")[0].Replace('\'', '"'));

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_the_exit_code_is_usage()
    {
        var ran = await Heed.Run();
        Assert.Equal((ExitCode.Usage, ""), (ran.Code, ran.Output));
        Assert.Contains("\n  train ", ran.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await Heed.Run("tokenizer")).Code);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("--help")).Code);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("data", "--help")).Code);
    }

    [Theory]
    [InlineData("heed: There is no command 'trian' in 'heed'; the nearest is 'train'.\nSee 'heed --help'.\n", "trian", "x.yaml")]
    [InlineData("heed: There is no option '--beem' in 'heed translate'; the nearest is '--beam'.\nSee 'heed translate --help'.\n", "translate", "model", "--beem", "5")]
    [InlineData("heed: There is no option '--beem' in 'heed translate'; the nearest is '--beam'.\nSee 'heed translate --help'.\n", "translate", "--beem=5", "model")]
    [InlineData("heed: There is no option '--thraeds' in 'heed train'; the nearest is '--threads'.\nSee 'heed train --help'.\n", "train", "x.yaml", "--thraeds", "3")]
    [InlineData("heed: 'more' is one argument too many for 'heed resume'.\nSee 'heed resume --help'.\n", "resume", "run", "more")]
    [InlineData("heed: --seed is '-1', expected a whole number from 0 to 18446744073709551615.\nSee 'heed train --help'.\n", "train", "x.yaml", "--seed", "-1")]
    public async Task A_slip_is_answered_with_what_was_probably_meant(string messages, params string[] args)
    {
        var ran = await Heed.Run(args);
        Assert.Equal((ExitCode.Usage, "", messages), (ran.Code, ran.Output, ran.Messages));
    }

    [Fact]
    public async Task A_missing_argument_is_named()
    {
        var ran = await Heed.Run("train");
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("RECIPE", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("--reference", (await Heed.Run("score")).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_a_sentence_and_a_trace_only_when_asked_for()
    {
        var plain = await Heed.Run("train", "absent.yaml");
        Assert.Equal((ExitCode.Failed, "heed: There is no recipe 'absent.yaml'.\n"), (plain.Code, plain.Messages));
        Assert.Contains("   at Heed.Cli.", (await Heed.Run("train", "absent.yaml", "--verbose")).Messages, StringComparison.Ordinal);
        Assert.Contains("   at Heed.Cli.", (await Heed.Run("--verbose", "train", "absent.yaml")).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_data() => Assert.Matches(@"^\d+\.\d+\.\d+", (await Heed.Run("--version")).Output);
}

using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tokenizer encode</c></summary>
sealed class TokenizerEncodeVerb : Verb
{
    readonly Argument<string> tokenizer = TokenizerFile.Argument();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<bool> pieces = new("--pieces", "-p") { Description = "Write the tokens as the vocabulary spells them instead of their ids." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TokenizerEncodeVerb(Terminal terminal) : base(terminal, "encode", "Turn lines of text into lines of ids.")
    {
        Examples = ["echo 'a man sleeps .' | heed tokenizer encode tokenizer.json", "heed tokenizer encode model --input test.en --pieces"];
        Add(tokenizer);
        foreach (var option in (Option[])[input, output, pieces]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var loaded = TokenizerFile.Load(given.GetRequiredValue(tokenizer));
        var spelled = given.GetValue(pieces);
        Terminal.Write(given.GetValue(output), writer =>
        {
            foreach (var line in Terminal.Lines(given.GetValue(input)))
            {
                writer.WriteLine(string.Join(' ', loaded.Encode(line).Select(id => spelled ? loaded.IdToToken(id) : id.ToString(CultureInfo.InvariantCulture))));
                if (Terminal.InputIsTerminal) writer.Flush();
            }
        });
        return ExitCode.Ok;
    }
}

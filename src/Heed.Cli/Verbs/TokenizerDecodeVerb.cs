using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Text;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tokenizer decode</c></summary>
sealed class TokenizerDecodeVerb : Verb
{
    readonly Argument<string> tokenizer = TokenizerFile.Argument();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<bool> pieces = new("--pieces", "-p") { Description = "Read tokens as the vocabulary spells them instead of ids." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TokenizerDecodeVerb(Terminal terminal) : base(terminal, "decode", "Turn lines of ids back into lines of text.")
    {
        Examples = ["heed tokenizer encode tokenizer.json < test.en | heed tokenizer decode tokenizer.json"];
        Add(tokenizer);
        foreach (var option in (Option[])[input, output, pieces]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var loaded = TokenizerFile.Load(given.GetRequiredValue(tokenizer));
        var spelled = given.GetValue(pieces);
        Terminal.Write(given.GetValue(output), writer =>
        {
            long number = 0;
            foreach (var line in Terminal.Lines(given.GetValue(input)))
            {
                number++;
                int[] ids = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => spelled ? IdOf(loaded, text, number) : Read(loaded, text, number))];
                writer.WriteLine(OneLine.Of(loaded.Decode(ids)));
                if (Terminal.InputIsTerminal) writer.Flush();
            }
        });
        return ExitCode.Ok;
    }

    static int Read(Tokenizer tokenizer, string text, long line)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < tokenizer.VocabularySize ? id
            : throw new InvalidDataException($"Line {line}: '{text}' is no id of this tokenizer; they are 0 to {tokenizer.VocabularySize - 1}.");

    static int IdOf(Tokenizer tokenizer, string text, long line)
        => tokenizer.TokenToId(text) ?? throw new InvalidDataException($"Line {line}: '{text}' is no token of this tokenizer.");
}

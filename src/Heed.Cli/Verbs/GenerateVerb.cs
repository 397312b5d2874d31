using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Decoding;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed generate</c></summary>
sealed class GenerateVerb : Verb
{
    readonly Argument<string> model = Shared.Model();
    readonly Option<string?> prompt = new("--prompt", "-p") { Description = "What the text begins with; a new line unless told. A prompt of - is read from standard input.", HelpName = "TEXT" };
    readonly Option<int?> length = Shared.Number("--length", "-n", "After how many ids the text ends, unless the model ends it before. [500]", 1, 100_000_000);
    readonly Option<int?> count = Shared.Number("--count", null, "How many texts are drawn; each has a number, and a line that tells it.", 1, 1_000_000);
    readonly Option<int?> beam = Shared.Number("--beam", "-b", "Search for the most probable text with so many hypotheses instead of drawing; 1 is greedy search.", 1, 10_000);
    readonly SamplingRules sampling = new("");
    readonly Option<int?> threads = Shared.Threads();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GenerateVerb(Terminal terminal) : base(terminal, "generate", "Continue a text with a language model.")
    {
        Examples =
        [
            "heed generate runs/tinyshakespeare",
            "heed generate runs/tinyshakespeare --prompt 'ROMEO:' --length 1000 --temperature 0.8 --seed 7",
            "heed generate model --prompt - --top-p 0.9 --count 3 < beginning.txt",
            "heed generate model --prompt 'First Citizen:' --beam 1 --length 40",
        ];
        Details = "The prompt and what follows it are printed as they come. The same model, prompt, options and seed give the same text, whatever the number of threads.\n"
            + "Where the text outgrows what the model sees at once, the later half of that is read anew and the text goes on from there; "
            + "a search with --beam has no such way out: prompt and text must fit.";
        Add(model);
        foreach (var option in (Option[])[prompt, length, count, beam, .. sampling.All, threads]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var options = new GenerationOptions { Length = given.GetValue(length) ?? new GenerationOptions().Length, Sampling = sampling.Read(given) };
        if (given.GetValue(beam) is not null && sampling.Given(given) is { } draws) throw new UsageException($"--beam searches and {draws.Name} draws; give one of them.");
        if (given.GetValue(beam) is not null && given.GetValue(count) is not null) throw new UsageException("--beam searches and finds one text; --count is for draws.");
        var faults = options.Faults().ToList();
        if (faults.Count > 0) throw new UsageException(string.Join(" ", faults));
        var text = given.GetValue(prompt) is "-" ? Read() : given.GetValue(prompt) ?? "";
        using var generator = Generator.Load(Shared.ModelIn(given.GetRequiredValue(model)), given.GetValue(threads) ?? 0);
        if (generator.Unknown(text) is { Count: > 0 } strange)
            Terminal.Say($"The model knows no {string.Join(", no ", strange.Select(character => $"'{character}'"))}: U+FFFD stands for what it does not know.");
        if (given.GetValue(beam) is { } hypotheses) Print(text, [generator.Search(text, options.Length, new DecodingOptions { Beam = hypotheses }, interrupted)]);
        else
        {
            for (var i = 0; i < (given.GetValue(count) ?? 1); i++)
            {
                if (given.GetValue(count) is not null) Terminal.Output.WriteLine($"{(i > 0 ? "\n" : "")}--- {i + 1}");
                Print(text, generator.Generate(text, options with { Sampling = options.Sampling with { FirstNumber = i } }, interrupted));
            }
        }
        return ExitCode.Ok;
    }

    // The last line feed ends the input's last line; it is no part of the text.
    string Read() => string.Join('\n', Terminal.Lines(file: null));

    void Print(string text, IEnumerable<string> pieces)
    {
        Terminal.Output.Write(text);
        Terminal.Output.Flush();
        foreach (var piece in pieces)
        {
            if (piece.Length == 0) continue;
            Terminal.Output.Write(piece);
            Terminal.Output.Flush();
        }
        Terminal.Output.WriteLine();
    }
}

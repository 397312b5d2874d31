using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tokenizer train</c></summary>
sealed class TokenizerTrainVerb : Verb
{
    readonly Option<string[]> input = new("--input", "-i") { Description = "Text to learn from, plain or gzip; several files give a joint vocabulary.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    readonly Option<int?> vocabulary = Shared.Number("--vocabulary", "-n", "How many ids there are at most, bytes and special tokens among them.", 258, 10_000_000, required: true);
    readonly Option<string> output = new("--output", "-o") { Description = "Where the tokenizer is written.", HelpName = "FILE", DefaultValueFactory = _ => "tokenizer.json" };
    readonly Option<bool> lowercase = new("--lowercase", "-l") { Description = "Lower-case text, now and whenever the tokenizer encodes." };
    readonly Option<string> normalise = Shared.OneOf("--normalise", "Bring characters to one form first: nfc, nfkc, or none.", "nfc", "nfc", "nfkc", "none");
    readonly Option<int?> minimumFrequency = Shared.Number("--minimum-frequency", null, "Pairs met less often are not merged. [2]", 1, int.MaxValue);

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TokenizerTrainVerb(Terminal terminal) : base(terminal, "train", "Learn byte-pair encoding from text.")
    {
        Examples =
        [
            "heed tokenizer train --input train.en train.de --vocabulary 10000 --output tokenizer.json",
            "heed tokenizer train --input corpus.txt.gz --vocabulary 32000 --lowercase --normalise nfkc",
        ];
        Details = "The tokenizer works on bytes, so every text has ids and every id sequence is a text. The file is a Hugging Face tokenizer.json.";
        foreach (var option in (Option[])[input, vocabulary, output, lowercase, normalise, minimumFrequency]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var recipe = new TokenizerRecipe
        {
            Vocabulary = given.GetRequiredValue(vocabulary)!.Value,
            Lowercase = given.GetValue(lowercase),
            Normalisation = Enum.Parse<Normalisation>(given.GetRequiredValue(normalise), ignoreCase: true),
            MinimumFrequency = given.GetValue(minimumFrequency) ?? 2,
        };
        long lines = 0;
        IEnumerable<string> Counted()
        {
            foreach (var line in given.GetRequiredValue(input).Select(TextLines.Read).ToList().SelectMany(file => file))
            {
                if (++lines % 50_000 == 0) Terminal.Status($"  {Human.Count(lines)} lines");
                yield return line;
            }
            Terminal.Status($"  {Human.Count(lines)} lines, learning …");
        }
        var tokenizer = BpeTrainer.Train(Counted(), recipe.TrainerOptions(), interrupted);
        var file = given.GetRequiredValue(output);
        tokenizer.Save(file);
        Terminal.Status("");
        Terminal.Say($"{Human.Count(tokenizer.VocabularySize)} ids from {Human.Count(lines, "line")} in {file}."
            + (tokenizer.VocabularySize < recipe.Vocabulary ? $" The text has no more pairs that occur {recipe.MinimumFrequency} times." : ""));
        return ExitCode.Ok;
    }
}

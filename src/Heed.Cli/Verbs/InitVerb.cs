using System.CommandLine;
using Heed.Cli.Progress;
using Heed.Cli.Recipes;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed init</c></summary>
sealed class InitVerb : Verb
{
    readonly Argument<string> recipe = Shared.Recipe();
    readonly Option<string?> output = new("--out", "-o") { Description = "Where the model is written.", HelpName = "DIR", Required = true };
    readonly Option<string[]> set = Shared.Set();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public InitVerb(Terminal terminal) : base(terminal, "init", "Write the untrained model of a recipe.")
    {
        Examples =
        [
            "heed init recipes/base-en-de.yaml --out base",
            "heed init recipes/multi30k-en-de.yaml --out wide --set model.width=512 --set training.seed=2",
        ];
        Details = "The tokenizer is learned from the recipe's training text; the parameters are those that training would begin with. "
            + "For looking at an architecture with 'heed inspect' and measuring it with 'heed bench translate' before anything is trained.";
        Add(recipe);
        Add(output);
        Add(set);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var path = given.GetRequiredValue(recipe);
        var read = RecipeFile.Read(path, given.GetValue(set) ?? []);
        Shared.CheckCorpora(path, read);
        var folder = given.GetRequiredValue(output)!;
        ModelFolder.CheckFree(folder);
        using var model = TrainingSession.Prepare(Terminal, read.Untrained, interrupted);
        ModelFolder.Save(folder, model, new ModelCard { Training = [("Steps", "none: these are the initial weights")] });
        Terminal.Say($"{Human.Count(model.Parameters.Count, "parameter")}, {string.Join(" and ", model.Vocabularies.Select(side => Human.Count(side.Count, side.Name)))}, untrained, in {folder}.");
        return ExitCode.Ok;
    }
}

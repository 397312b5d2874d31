namespace Heed.Cli.Tests;

public sealed class LabelTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_tagger_is_trained_by_its_recipe_and_tags_lines()
    {
        (string Form, string Tag)[] words = [("the", "DET"), ("dog", "NOUN"), ("sleeps", "VERB")];
        var sentence = string.Concat(words.Select((word, i) => $"{i + 1}\t{word.Form}\t_\t{word.Tag}\t_\t_\t{(i == 2 ? 0 : 3)}\t_\t_\t_\n")) + "\n";
        folder.Write("train.conllu", string.Concat(Enumerable.Repeat(sentence, 20)));
        var recipe = folder.Write("tag.yaml", $$"""
            task: tag
            data:
              train: '{{folder["train.conllu"]}}'
              validation: '{{folder["train.conllu"]}}'
            tokenizer: {kind: characters}
            model:
              context: 32
              layers: 1
              width: 16
              heads: 2
              feedForward: {kind: gelu, width: 32}
              positions: {kind: sinusoidal}
            training:
              steps: 80
              schedule: {kind: constant, peak: 0.01}
            validation: {every: 80}
            """);
        var ran = await Heed.Run("train", recipe, "--out", folder["run"], "--threads", "1");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Contains("20 texts with 60 labels to learn from", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("accuracy 100.00 %", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith($"Tag with:\n  heed tag {folder["run", "model"]}\n", ran.Messages, StringComparison.Ordinal);
        Assert.Equal("DET NOUN VERB\n\nDET\n", (await Heed.RunOn("the dog  sleeps\n\nthe\n", "tag", folder["run"], "--threads", "1")).Output);
        Assert.Matches("^DET/[01]\\.[0-9]{4}\n$", (await Heed.RunOn("the\n", "tag", folder["run"], "--scores")).Output);
        Assert.Contains("accuracy", (await Heed.Run("runs", "list", folder.Path)).Output, StringComparison.Ordinal);
        Assert.Equal("DET NOUN VERB\n", (await Heed.RunOn(sentence, "tag", folder["run"], "--treebank")).Output);
        var none = folder.Write("words.txt", ["the"]);
        Assert.Contains($"'{none}', line 1", (await Heed.Run("tag", folder["run"], "--treebank", "--input", none)).Messages, StringComparison.Ordinal);
        Assert.Contains("'the input', line 1", (await Heed.RunOn("the\n", "tag", folder["run"], "--treebank")).Messages, StringComparison.Ordinal);
        await AnswersATypedLine("tag", "the dog", "DET NOUN");
        await AnswersWhatComesBeforeAFault("tag", "the dog", "DET NOUN");
        var other = await Heed.RunOn("the\n", "classify", folder["run"]);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("What uses it is 'heed tag'.", other.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_masked_language_model_is_trained_by_its_recipe_and_fills_masks()
    {
        folder.Write("train.txt", Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "the dog sleeps" : "two dogs sleep"));
        var recipe = folder.Write("masked.yaml", $$"""
            task: maskedLanguageModel
            data:
              train: '{{folder["train.txt"]}}'
              validation: '{{folder["train.txt"]}}'
            tokenizer: {kind: bytePair, vocabulary: 290}
            masking: {kind: wholeWords, rate: 0.3}
            model:
              context: 16
              layers: 1
              width: 16
              heads: 2
              feedForward: {kind: gelu, width: 32}
              positions: {kind: sinusoidal}
              order: pre
              dropout: {embedding: 0, attention: 0, residual: 0}
            batches: {tokens: 100}
            training:
              steps: 200
              schedule: {kind: constant, peak: 0.01}
            validation: {every: 200, samples: 1}
            """);
        var ran = await Heed.Run("train", recipe, "--out", folder["run"], "--threads", "1");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Contains("60 texts of", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith($"Fill with:\n  heed fill {folder["run", "model"]}\n", ran.Messages, StringComparison.Ordinal);
        Assert.Equal("two dogs sleep\n\nno mask\n", (await Heed.RunOn("two <mask> sleep\n\nno mask\n", "fill", folder["run"], "--threads", "1")).Output);
        Assert.Matches("^two dogs sleep\tdogs/[01]\\.[0-9]{4} \\S+/0\\.[0-9]{4}\n$", (await Heed.RunOn("two <mask> sleep\n", "fill", folder["run"], "--candidates", "2")).Output);
        await AnswersATypedLine("fill", "two <mask> sleep", "two dogs sleep");
        await AnswersWhatComesBeforeAFault("fill", "two <mask> sleep", "two dogs sleep");
    }

    // The answer comes before the next line does, and that one's fault has its number.
    async Task AnswersATypedLine(string verb, string line, string answer)
    {
        using var child = new Child(verb, folder["run"], "--threads", "1");
        await child.Input.WriteLineAsync(line);
        await child.Input.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(answer, await child.Output.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        await child.Input.WriteLineAsync(string.Concat(Enumerable.Repeat("the ", 100)));
        child.Input.Close();
        Assert.Equal(ExitCode.Failed, await child.Exit());
        Assert.Matches("(Text|Sentence) 2 has", child.Messages);
    }

    // Lines that come together are done together, and what comes before a faulty one comes out all the same.
    async Task AnswersWhatComesBeforeAFault(string verb, string line, string answer)
    {
        var lines = folder.Write($"{verb}.txt", [line, line, string.Concat(Enumerable.Repeat("the ", 100)), line]);
        var ran = await Heed.Run(verb, folder["run"], "--input", lines, "--threads", "2");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Equal($"{answer}\n{answer}\n", ran.Output);
        Assert.Matches("(Text|Sentence) 3 has", ran.Messages);
    }

    [Fact]
    public async Task A_classifier_is_trained_by_its_recipe_and_classifies_lines()
    {
        folder.Write("train.tsv", Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? $"fine {i}\tgood" : $"dull {i}\tbad"));
        var recipe = folder.Write("classify.yaml", $$"""
            task: classify
            data:
              train: '{{folder["train.tsv"]}}'
              validation: '{{folder["train.tsv"]}}'
            tokenizer: {kind: characters}
            model:
              context: 16
              layers: 1
              width: 16
              heads: 2
              feedForward: {kind: gelu, width: 32}
              positions: {kind: sinusoidal}
              order: pre
            training:
              steps: 80
              schedule: {kind: constant, peak: 0.01}
            validation: {every: 80, samples: 0}
            """);
        var ran = await Heed.Run("train", recipe, "--out", folder["run"], "--threads", "1");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Equal("good\nbad\n", (await Heed.RunOn("fine 7\ndull 8\n", "classify", folder["run"], "--threads", "1")).Output);
        Assert.Matches("^good\t[01]\\.[0-9]{4}\n$", (await Heed.RunOn("fine 7\n", "classify", folder["run"], "--scores")).Output);
        Assert.Contains("labels       bad, good", (await Heed.Run("train", recipe, "--out", folder["dry"], "--dry-run")).Output, StringComparison.Ordinal);
    }
}

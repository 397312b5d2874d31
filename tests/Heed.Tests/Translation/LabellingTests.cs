using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Runs that put labels on words and texts, and what their models find.</summary>
public sealed class LabellingTests : IDisposable
{
    static readonly (string Word, string Tag)[] words = [("dog", "NOUN"), ("cat", "NOUN"), ("sees", "VERB"), ("eats", "VERB"), ("the", "DET"), ("big", "ADJ")];

    readonly Corner corner = new();

    public void Dispose() => corner.Dispose();

    static readonly ClassifierConfig model = new()
    {
        Context = 40, Layers = 1, Width = 16, Heads = 2, FeedForward = new GeluFeedForward { Width = 32 }, Positions = new LearnedPositions { Maximum = 40 },
        Order = NormOrder.Pre, Dropout = DropoutRates.None,
    };

    static readonly TrainingOptions training = new() { Steps = 60, LabelSmoothing = 0, Schedule = new ConstantSchedule { Peak = 0.01 } };

    // Treebanks of drawn words, so that only the word decides.
    string Treebank(string name, ulong seed)
    {
        var random = new Kernels.CounterRandom(seed, 3);
        var text = "";
        for (var sentence = 0; sentence < 30; sentence++)
        {
            text += $"# sent_id = {name}-{sentence}\n";
            for (var word = 1; word <= 4; word++)
            {
                var (form, tag) = words[random.Below((uint)words.Length)];
                text += string.Join('\t', word, form, "_", tag, "_", "_", word == 1 ? 0 : 1, "_", "_", "_") + "\n";
            }
            text += "\n";
        }
        return corner.Write(name, text);
    }

    TaggingRecipe Tagging() => new()
    {
        Data = new() { Train = Treebank("train.conllu", 1), Validation = Treebank("dev.conllu", 2) },
        Tokenizer = new BytePairTokenizer { Vocabulary = 300 }, Model = model, Batches = new() { Tokens = 200 }, Training = training with { Steps = 240, Schedule = new CosineSchedule { Peak = 0.01, Warmup = 20 } },
        Validation = new() { Every = 120, Samples = 1, Keep = 2 },
    };

    ClassificationRecipe Classification()
    {
        string Lines(int first) => "label\ttext\n" + string.Concat(Enumerable.Range(first, 30).Select(i => i % 3 == 0 ? $"good\twhat a fine {words[i % 6].Word}\n" : $"bad\twhat a dull {words[i % 6].Word}\n"));
        return new()
        {
            Data = new() { Train = corner.Write("train.tsv", Lines(0)), Validation = corner.Write("dev.tsv", Lines(3)), Text = 2, Label = 1, Header = true },
            Tokenizer = new CharacterTokenizer(), Model = model, Batches = new() { Tokens = 200 }, Training = training,
            Validation = new() { Every = 60, Samples = 1 },
        };
    }

    List<RunEvent> Run(TaskRecipe recipe, string name)
    {
        using var run = TrainingRun.Start(recipe, recipe.Begin(), corner[name], Cpu.Two);
        return [.. run.Continue()];
    }

    [Fact]
    public void A_tagger_learns_words_is_measured_by_accuracy_and_tags_alone_as_among_others()
    {
        var measured = Run(Tagging(), "run").OfType<Validated>().ToList();
        Assert.True(measured[^1].Found.Accuracy > 95, $"The accuracy is {measured[^1].Found.Accuracy}.");
        Assert.Equal(["text", "labels", "found"], measured[^1].Found.Samples[0].Select(text => text.Name));
        Assert.Equal(measured.Max(validated => validated.Found.Accuracy), RunSummary.Read(corner["run"]).History.Best!.Value.Accuracy);
        var folder = RunFolder.Open(corner["run"]).Model;
        Assert.Contains("pipeline_tag: token-classification", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("\"ADJ\"", File.ReadAllText(Path.Combine(folder, "config.json")), StringComparison.Ordinal);
        using var labeller = Labeller.Load(folder, threads: 2);
        Assert.Equal(["ADJ", "DET", "NOUN", "VERB"], labeller.Model.Labels);
        string[][] sentences = [["the", "dog", "sees", "the", "cat"], [], ["eats"], ["big", "dog"]];
        var together = labeller.Tag(sentences);
        Assert.Equal(["DET", "NOUN", "VERB", "DET", "NOUN"], together[0].Select(found => found.Label));
        Assert.Empty(together[1]);
        for (var i = 0; i < sentences.Length; i++) Assert.Equal(together[i], labeller.Tag([sentences[i]])[0]);
        Assert.All(together[0], found => Assert.InRange(found.Probability, 0.3, 1));
        Assert.Throws<InvalidOperationException>(() => labeller.Classify(["the dog"]));
        Assert.Contains("Sentence 2 has more ids than the 40", Assert.Throws<ArgumentException>(() => labeller.Tag([["dog"], [.. Enumerable.Repeat("dog", 50)]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_reads_its_columns_and_says_how_sure_it_is()
    {
        var found = Assert.Single(Run(Classification(), "run").OfType<Validated>()).Found;
        Assert.True(found.Accuracy > 95, $"The accuracy is {found.Accuracy}.");
        using var labeller = Labeller.Load(Path.Combine(corner["run"], "model"), threads: 1);
        Assert.Equal(["good", "bad", "bad"], labeller.Classify(["what a fine cat", "what a dull cat", "what a dull dog" + new string(' ', 100)]).Select(label => label.Label));
        Assert.Throws<InvalidOperationException>(() => labeller.Tag([["dog"]]));
        Assert.Contains("encoder-only Transformer", Assert.Throws<InvalidDataException>(() => Generator.Load(Path.Combine(corner["run"], "model"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_mean_pooling_a_text_is_classified_by_all_of_its_rows_and_words_have_no_mean()
    {
        var recipe = Classification();
        recipe = recipe with { Model = recipe.Model with { Pooling = Pooling.Mean } };
        Assert.True(Assert.Single(Run(recipe, "run").OfType<Validated>()).Found.Accuracy > 95);
        using var labeller = Labeller.Load(Path.Combine(corner["run"], "model"), threads: 1);
        var together = labeller.Classify(["what a fine cat", "what a dull cat"]);
        Assert.Equal(["good", "bad"], together.Select(found => found.Label));
        Assert.Equal(together[1], labeller.Classify(["what a dull cat"])[0]);
        Assert.Contains("model.pooling is mean", Assert.Single((Tagging() with { Model = model with { Pooling = Pooling.Mean } }).Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_and_resumed_leaves_the_bytes_of_one_that_was_not()
    {
        var recipe = Tagging() with { Training = training, Validation = new() { Every = 30, Samples = 0, Average = 2, Keep = 2 } };
        StoppedRun.LeavesTheBytesOfOneThatWasNot(corner, recipe, after: 41, "metrics.jsonl", Path.Combine("model", "model.safetensors"), Path.Combine("model", "README.md"), Path.Combine("model", "config.json"));
    }

    [Fact]
    public void What_cannot_be_learned_from_is_refused_with_its_place()
    {
        var tagging = Tagging();
        string Refused(TaskRecipe recipe) => Assert.Throws<InvalidDataException>(() => recipe.Begin().Dispose()).Message;
        var bare = corner.Write("bare.conllu", "# sent_id = s\n1\tdog\t_\t_\t_\t_\t0\t_\t_\t_\n");
        Assert.Contains("line 2, sentence s: 'dog' has no part of speech", Refused(tagging with { Data = tagging.Data with { Train = bare } }), StringComparison.Ordinal);
        var strange = corner.Write("strange.conllu", "# sent_id = s\n1\tdog\t_\tINTJ\t_\t_\t0\t_\t_\t_\n");
        Assert.Contains("line 2, sentence s: the label 'INTJ' does not occur", Refused(tagging with { Data = tagging.Data with { Validation = strange } }), StringComparison.Ordinal);
        var empty = corner.Write("empty.conllu", "");
        Assert.Contains("nothing to learn from", Refused(tagging with { Data = tagging.Data with { Train = empty } }), StringComparison.Ordinal);
        Assert.Contains("nothing to measure on", Refused(tagging with { Data = tagging.Data with { Validation = empty } }), StringComparison.Ordinal);
        Assert.Contains("model.context", Refused(tagging with { Model = model with { Context = 2 } }), StringComparison.Ordinal);
        var classification = Classification();
        Assert.Contains("line 1: found 1 columns", Refused(classification with { Data = classification.Data with { Train = corner.Write("bad.tsv", "no tab\n"), Header = false } }), StringComparison.Ordinal);
        Assert.Contains("column 1, is empty", Refused(classification with { Data = classification.Data with { Train = corner.Write("bad.tsv", "h\th\n\ttext\n") } }), StringComparison.Ordinal);
        var faults = (classification with { Data = new() { Text = 0, Label = 0 }, Model = model with { Layers = 0 }, Batches = new() { Pool = 0 } }).Faults().ToList();
        foreach (var part in (string[])["data.train is missing", "data.validation is missing", "data.text is 0", "data.label is 0", "data.text and label are both", "model.layers is 0", "batches.pool is 0"])
            Assert.Contains(faults, fault => fault.StartsWith(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Positions_in_the_tree_read_the_treebanks_heads_and_refuse_what_is_none()
    {
        var recipe = Tagging();
        recipe = recipe with { Model = model with { Positions = new DependencyPositions { Values = true } } };
        Assert.True(Run(recipe, "run").OfType<Validated>().Last().Found.Accuracy > 95);
        using (var labeller = Labeller.Load(Path.Combine(corner["run"], "model"), threads: 1))
        {
            var sentences = Heed.Data.ConlluReader.Read(corner["dev.conllu"]).Take(3).ToList();
            Assert.Equal(sentences.Select(sentence => sentence.Words.Select(word => word.Tag)), labeller.Tag(sentences).Select(found => found.Select(label => label.Label)));
            Assert.Contains("no dependency trees", Assert.Throws<ArgumentException>(() => labeller.Tag([["dog"]])).Message, StringComparison.Ordinal);
        }
        string Refused(params (string Form, int Head)[] sentence)
        {
            var file = corner.Write("bad.conllu", "# sent_id = s7\n" + string.Concat(sentence.Select((word, i) => $"{i + 1}\t{word.Form}\t_\tNOUN\t_\t_\t{word.Head}\t_\t_\t_\n")));
            return Assert.Throws<InvalidDataException>(() => (recipe with { Data = recipe.Data with { Train = file } }).Begin().Dispose()).Message;
        }
        Assert.Contains("bad.conllu', line 2, sentence s7: Words 1 and 2 both have the head 0", Refused(("dog", 0), ("cat", 0)), StringComparison.Ordinal);
        Assert.Contains("go round in a circle", Refused(("dog", 0), ("cat", 3), ("dog", 2)), StringComparison.Ordinal);
        Assert.Contains("No word has the head 0", Refused(("dog", 2), ("cat", 1)), StringComparison.Ordinal);
        Assert.Contains(new ClassificationRecipe { Model = recipe.Model }.Faults(), fault => fault.Contains("only a treebank has them", StringComparison.Ordinal));
        Assert.Contains(new LanguageModelRecipe { Model = new() { Positions = new DependencyPositions() } }.Faults(), fault => fault.Contains("plain text has none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_traced_to_its_place()
    {
        using var untrained = (LabellingModel)Tagging().Untrained();
        untrained.Parameters["encoder.0.feed.first.bias"].Value[3] = float.NaN;
        using var labeller = new Labeller(untrained, Cpu.Two);
        var fault = Assert.ThrowsAny<Exception>(() => labeller.Tag([["dog"]]));
        Assert.Contains("encoder.0.feed.first", (fault as AggregateException)?.Flatten().InnerException!.Message ?? fault.Message, StringComparison.Ordinal);
    }
}

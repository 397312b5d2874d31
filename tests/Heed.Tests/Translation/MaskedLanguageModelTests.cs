using Heed.Data;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Runs of masked language modelling, and what their models find.</summary>
public sealed class MaskedLanguageModelTests : IDisposable
{
    static readonly (string One, string Many)[] animals = [("cat", "cats"), ("dog", "dogs"), ("bird", "birds")], deeds = [("sleeps", "sleep"), ("eats", "eat")];

    readonly Corner corner = new();

    public void Dispose() => corner.Dispose();

    // Singular and plural agree, so that a hidden end of a verb follows from its subject.
    static IEnumerable<string[]> Sentences()
    {
        foreach (var animal in animals)
            foreach (var deed in deeds)
                foreach (var place in (string[])["here", "there"])
                {
                    yield return ["the", animal.One, deed.One, place];
                    yield return ["the", animal.Many, deed.Many, place];
                }
    }

    MaskedLanguageModelRecipe Recipe() => new()
    {
        Data = new() { Train = corner.Write("train.txt", string.Concat(Sentences().Select(words => string.Join(' ', words) + "\n"))), Validation = corner["train.txt"], Language = "en" },
        Tokenizer = new BytePairTokenizer { Vocabulary = 320 }, Masking = new WholeWordMasking { Rate = 0.25 },
        Model = new()
        {
            Context = 40, Layers = 1, Width = 16, Heads = 2, FeedForward = new GeluFeedForward { Width = 32 }, Positions = new LearnedPositions { Maximum = 40 },
            Order = NormOrder.Pre, Dropout = DropoutRates.None,
        },
        Batches = new() { Tokens = 200 },
        Training = new() { Steps = 300, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 0.01, Warmup = 20 } },
        Validation = new() { Every = 150, Samples = 1, Keep = 2 },
    };

    List<RunEvent> Run(TaskRecipe recipe, string name)
    {
        using var run = TrainingRun.Start(recipe, recipe.Begin(), corner[name], Cpu.Two);
        return [.. run.Continue()];
    }

    [Fact]
    public void A_run_learns_what_agrees_and_its_model_fills_masks_alone_as_among_others()
    {
        var measured = Run(Recipe(), "run").OfType<Validated>().ToList();
        Assert.True(measured[^1].Entropy < measured[0].Entropy, $"The entropy went from {measured[0].Entropy} to {measured[^1].Entropy}.");
        var sample = Assert.Single(measured[^1].Found.Samples);
        Assert.Equal(["text", "hidden", "found"], sample.Select(text => text.Name));
        Assert.Contains("<mask>", sample[1].Text, StringComparison.Ordinal);
        var folder = RunFolder.Open(corner["run"]).Model;
        Assert.Contains("pipeline_tag: fill-mask", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        using var filler = MaskFiller.Load(folder, threads: 2);
        string[] texts = ["the dogs <mask> here", "no mask", "", "the  cat <mask> <mask>"];
        var together = filler.Fill(texts, candidates: 3);
        Assert.Contains(together[0].Text, (string[])["the dogs sleep here", "the dogs eat here"]);
        Assert.Equal(3, Assert.Single(together[0].Masks).Count);
        Assert.Equal(together[0].Masks[0].OrderByDescending(found => found.Probability), together[0].Masks[0]);
        Assert.Equal(["no mask", ""], together.Skip(1).Take(2).Select(filled => filled.Text));
        Assert.Equal(2, together[3].Masks.Count);
        Assert.StartsWith("the cat ", together[3].Text, StringComparison.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = filler.Fill([texts[i]], candidates: 3)[0];
            Assert.Equal(together[i].Text, alone.Text);
            Assert.Equal(together[i].Masks.SelectMany(mask => mask), alone.Masks.SelectMany(mask => mask));
        }
        Assert.Contains("Text 2 has", Assert.Throws<ArgumentException>(() => filler.Fill(["", string.Concat(Enumerable.Repeat("z ", 50))])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => filler.Fill([""], candidates: 0));
        Assert.Contains("masked language model", Assert.Throws<InvalidDataException>(() => Labeller.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_and_resumed_leaves_the_bytes_of_one_that_was_not()
    {
        var recipe = Recipe() with { Masking = new SpanMasking(), Validation = new() { Every = 30, Samples = 0, Average = 2, Keep = 2 } };
        recipe = recipe with { Training = recipe.Training with { Steps = 60 } };
        StoppedRun.LeavesTheBytesOfOneThatWasNot(corner, recipe, after: 41, "metrics.jsonl", Path.Combine("model", "model.safetensors"), Path.Combine("model", "README.md"), Path.Combine("model", "tokenizer.json"));
    }

    [Fact]
    public void Characters_are_hidden_too_and_the_model_comes_back_from_its_folder()
    {
        var recipe = Recipe() with { Tokenizer = new CharacterTokenizer(), Training = new() { Steps = 4, LabelSmoothing = 0 } };
        Run(recipe, "run");
        using var filler = MaskFiller.Load(Path.Combine(corner["run"], "model"), threads: 1);
        Assert.Equal("<mask>", filler.Mask);
        Assert.Equal("the dogs".Length + 1 + "eat here".Length, filler.Fill(["the dogs<mask>eat here"])[0].Text.Length);
    }

    [Fact]
    public void A_treebank_gives_words_and_trees_which_positions_can_read()
    {
        string Treebank(string name, int head) => corner.Write(name, string.Concat(Sentences().Select((words, i)
            => $"# sent_id = s{i}\n" + string.Concat(words.Select((word, t) => $"{t + 1}\t{word}\t_\t_\t_\t_\t{(t == 2 ? head : 3)}\t_\t_\t_\n")) + "\n")));
        var recipe = Recipe();
        recipe = recipe with
        {
            Data = recipe.Data with { Train = Treebank("train.conllu", head: 0), Validation = corner["train.conllu"], Format = SentenceFormat.Treebank },
            Model = recipe.Model with { Positions = new DependencyPositions() }, Training = recipe.Training with { Steps = 4 },
        };
        Assert.Single(Run(recipe, "run").OfType<Validated>());
        using (var filler = MaskFiller.Load(Path.Combine(corner["run"], "model"), threads: 1))
            Assert.Contains("no dependency trees", Assert.Throws<ArgumentException>(() => filler.Fill(["the <mask>"])).Message, StringComparison.Ordinal);
        var round = recipe with { Data = recipe.Data with { Train = Treebank("round.conllu", head: 1) } };
        Assert.Contains("sentence s0", Assert.Throws<InvalidDataException>(() => round.Begin()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_every_section_are_listed_at_once()
    {
        var faults = new MaskedLanguageModelRecipe
        {
            Tokenizer = new BytePairTokenizer { Vocabulary = 258 }, Masking = new TokenMasking { Rate = 1 }, Model = new() { Layers = 0, Positions = new DependencyPositions() },
            Batches = new() { Tokens = 0 }, Training = new() { Steps = 0 }, Validation = new() { Every = 0 },
        }.Faults().ToList();
        foreach (var part in (string[])["data.train is missing", "data.validation is missing", "tokenizer.vocabulary is 258", "masking.rate is 1", "model.layers is 0", "data.format is lines",
            "batches.tokens is 0", "training.steps is 0", "validation.every is 0"])
            Assert.Contains(faults, fault => fault.StartsWith(part, StringComparison.Ordinal));
        var recipe = Recipe();
        string Refused(MaskedLanguageModelRecipe other) => Assert.Throws<InvalidDataException>(() => other.Begin()).Message;
        Assert.Contains("nothing to learn from", Refused(recipe with { Data = recipe.Data with { Train = corner.Write("empty.txt", "\n \n") } }), StringComparison.Ordinal);
        Assert.Contains("nothing to measure on", Refused(recipe with { Data = recipe.Data with { Validation = corner["empty.txt"] } }), StringComparison.Ordinal);
        Assert.Contains("model.context", Refused(recipe with { Model = recipe.Model with { Context = 1 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_without_a_mask_is_refused_with_its_file()
    {
        Run(Recipe() with { Training = new() { Steps = 1 } }, "run");
        var folder = Path.Combine(corner["run"], "model");
        var file = Path.Combine(folder, "tokenizer.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("<mask>", "<gone>", StringComparison.Ordinal));
        var fault = Assert.Throws<InvalidDataException>(() => MaskFiller.Load(folder)).Message;
        Assert.Contains(file, fault, StringComparison.Ordinal);
        Assert.Contains("Mask", fault, StringComparison.Ordinal);
    }
}

using Heed.Decoding;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>A run of language modelling, and what its model writes.</summary>
public sealed class LanguageModelTests : IDisposable
{
    readonly Corner corner = new();

    public void Dispose() => corner.Dispose();

    LanguageModelRecipe Recipe()
    {
        corner.Write("text.txt", string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? "ping" : "pong")} {(i % 3 == 0 ? "left" : "right")}\n")));
        return new()
        {
            Data = new() { Train = corner["text.txt"], Language = "en" },
            Tokenizer = new CharacterTokenizer(),
            Model = new()
            {
                Context = 12, Layers = 1, Width = 16, Heads = 2, FeedForward = new GeluFeedForward { Width = 32 },
                Positions = new LearnedPositions { Maximum = 12 }, Dropout = new() { Embedding = 0.1f, Residual = 0.1f },
            },
            Batches = new() { Sequences = 4 },
            Training = new TrainingOptions { Steps = 60, LabelSmoothing = 0, Schedule = new ConstantSchedule { Peak = 0.01 }, Optimizer = new AdamW() },
            Validation = new() { Every = 20, Samples = 1, Keep = 2 },
        };
    }

    List<RunEvent> Run(TaskRecipe recipe, string name)
    {
        using var run = TrainingRun.Start(recipe, recipe.Begin(), corner[name], Cpu.Two);
        return [.. run.Continue()];
    }

    [Fact]
    public void A_run_learns_measures_each_character_and_leaves_a_model_that_says_what_it_is()
    {
        var measured = Run(Recipe(), "run").OfType<Validated>().ToList();
        Assert.Equal([20, 40, 60], measured.Select(validated => validated.Step));
        Assert.True(measured[^1].Entropy < measured[0].Entropy && measured[^1].Entropy < 1.2, $"The entropy is {measured[^1].Entropy}.");
        Assert.All(measured, validated => Assert.Equal(validated.Found.Entropy, validated.Found.PerCharacter!.Value, 12));
        Assert.All(measured, validated => Assert.Equal("sample", Assert.Single(Assert.Single(validated.Found.Samples)).Name));
        var folder = RunFolder.Open(corner["run"]);
        Assert.Equal(Recipe(), folder.ReadRecipe());
        Assert.Contains("\"perCharacter\":", File.ReadAllText(folder.Metrics), StringComparison.Ordinal);
        var card = File.ReadAllText(Path.Combine(folder.Model, "README.md"));
        Assert.Contains("pipeline_tag: text-generation", card, StringComparison.Ordinal);
        Assert.Contains("heed generate model", card, StringComparison.Ordinal);
        Assert.Equal(measured.Min(validated => validated.Entropy), RunSummary.Read(corner["run"]).History.Best!.Value.Entropy);
        var fault = Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder.Model)).Message;
        Assert.Contains("holds another kind of model: a decoder-only Transformer", fault, StringComparison.Ordinal);
        Assert.Contains("heed generate", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_and_resumed_leaves_the_bytes_of_one_that_was_not()
    {
        var recipe = Recipe() with { Validation = new() { Every = 20, Samples = 0, Average = 2, Keep = 2 } };
        StoppedRun.LeavesTheBytesOfOneThatWasNot(corner, recipe, after: 33, "metrics.jsonl", Path.Combine("model", "model.safetensors"), Path.Combine("model", "README.md"), Path.Combine("checkpoint-60", "optimizer.safetensors"));
    }

    [Fact]
    public void Faults_of_every_section_are_listed_at_once()
    {
        var faults = new LanguageModelRecipe
        {
            Data = new() { Held = 1 }, Tokenizer = new BytePairTokenizer { Vocabulary = 3 }, Batches = new() { Sequences = 0 },
            Model = new() { Context = 2000, Layers = 0, Width = 30, Heads = 4 }, Training = new() { Steps = 0 }, Validation = new() { Every = 0 },
        }.Faults().ToList();
        foreach (var part in (string[])["data.train is missing", "data.held is 1", "tokenizer.vocabulary is 3", "batches.sequences is 0", "model.layers is 0", "model.width 30 is no multiple",
            "model.context is 2000, but positions.maximum is 1024", "training.steps is 0", "validation.every is 0"])
            Assert.Contains(faults, fault => fault.StartsWith(part, StringComparison.Ordinal));
        Assert.Equal(["data.train is 'nowhere', and there is no such file."], new LanguageModelRecipe { Data = new() { Train = "nowhere" } }.MissingFiles());
        corner.Write("one.txt", "x");
        Assert.Contains("data.train has", Assert.Throws<InvalidDataException>(() => (Recipe() with { Data = new() { Train = corner["one.txt"] } }).Begin()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_pairs_and_a_text_of_its_own_to_measure_on_do_as_well()
    {
        var recipe = Recipe();
        corner.Write("held.txt", "ping right\npong left\n");
        recipe = recipe with { Tokenizer = new BytePairTokenizer { Vocabulary = 270 }, Data = recipe.Data with { Validation = corner["held.txt"] }, Training = recipe.Training with { Steps = 4 } };
        var found = Assert.Single(Run(recipe, "run").OfType<Validated>()).Found;
        Assert.True(found.PerCharacter < found.Entropy, "Pieces are longer than characters.");
    }

    [Fact]
    public void What_is_written_depends_on_prompt_options_and_seed_alone_and_goes_on_beyond_the_context()
    {
        Run(Recipe(), "run");
        using var generator = Generator.Load(Path.Combine(corner["run"], "model"), threads: 1);
        var options = new GenerationOptions { Length = 100, Sampling = new() { Seed = 5, Rules = [new Temperature(0.5f), new TopK(4)] } };
        var once = string.Concat(generator.Generate("ping ", options));
        Assert.Equal(100, once.Length);
        Assert.Contains("ight\n", once, StringComparison.Ordinal);
        using (var other = new Generator(generator.Model, Cpu.Two)) Assert.Equal(once, string.Concat(other.Generate("ping ", options)));
        Assert.NotEqual(once, string.Concat(generator.Generate("ping ", options with { Sampling = options.Sampling with { FirstNumber = 1 } })));
        // A prompt longer than the context counts by its end.
        Assert.Equal(30, string.Concat(generator.Generate(new string('\n', 40) + "ping ", options with { Length = 30 })).Length);
        Assert.Equal(string.Concat(generator.Generate("\n", options)), string.Concat(generator.Generate("", options)));
        Assert.Equal(["é"], generator.Unknown("é left"));
    }

    [Fact]
    public void Greedy_search_finds_what_drawing_the_most_probable_id_finds_and_a_beam_nothing_less_probable()
    {
        Run(Recipe(), "run");
        using var generator = Generator.Load(Path.Combine(corner["run"], "model"), threads: 1);
        var greedy = generator.Search("ping", 8);
        Assert.Equal(greedy, string.Concat(generator.Generate("ping", new() { Length = 8, Sampling = new() { Rules = [new TopK(1)] } })));
        Assert.Equal(8, generator.Search("ping", 8, new() { Beam = 3 }).Length);
        Assert.Contains("the model sees 12 at once", Assert.Throws<ArgumentException>(() => generator.Search("ping", 9)).Message, StringComparison.Ordinal);
        Assert.Contains("length is 0", Assert.Throws<ArgumentException>(() => generator.Search("ping", 0)).Message, StringComparison.Ordinal);
        Assert.Contains("temperature is 0", Assert.Throws<ArgumentException>(() => generator.Generate("", new() { Sampling = new() { Rules = [new Temperature(0)] } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_under_way_ends_when_it_is_cancelled_or_its_generator_is_disposed()
    {
        Run(Recipe() with { Training = new() { Steps = 1 }, Validation = new() { Samples = 0 } }, "run");
        var generator = Generator.Load(Path.Combine(corner["run"], "model"), threads: 1);
        using var stop = new CancellationTokenSource();
        using (var pieces = generator.Generate("ping", new() { Length = 1000 }, stop.Token).GetEnumerator())
        {
            Assert.True(pieces.MoveNext());
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => pieces.MoveNext());
        }
        using (var pieces = generator.Generate("ping").GetEnumerator())
        {
            Assert.True(pieces.MoveNext());
            generator.Dispose();
            Assert.Throws<ObjectDisposedException>(() => pieces.MoveNext());
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_is_traced_to_its_place()
    {
        using var model = LanguageModel.Untrained(Recipe().Model, Heed.Text.CharacterTrainer.Train(["ping pong\n"]), seed: 1);
        model.Parameters["decoder.0.feed.first.bias"].Value[3] = float.NaN;
        using var generator = new Generator(model, Cpu.Two);
        Assert.Contains("decoder.0.feed.first", Assert.Throws<NotFiniteNumberException>(() => string.Concat(generator.Generate("ping"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_that_is_read_at_once_must_fit_and_have_the_length_of_the_others()
    {
        using var tiny = new TinyText(TinyText.Config with { Context = 4, Positions = new LearnedPositions { Maximum = 4 } });
        using var workspace = new Workspace(Cpu.Two);
        Assert.Contains("needs room for one more", Assert.Throws<ArgumentException>(() => tiny.Model.Begin(workspace, Models.Tokens.Of([[2, 3, 4, 5]]))).Message, StringComparison.Ordinal);
        Assert.Contains("must have one length", Assert.Throws<ArgumentException>(() => tiny.Model.Begin(workspace, Models.Tokens.Of([[2], [2, 3]]))).Message, StringComparison.Ordinal);
        using var decoding = tiny.Model.Begin(workspace, Models.Tokens.Of([[2, 3, 4], [5, 6, 7]]));
        Assert.Equal(2, decoding.Count);
        using (var pass = Pass.Infer(workspace)) decoding.Next(pass, [8, 9]);
        using var another = Pass.Infer(workspace);
        Assert.Contains("begin again", Assert.Throws<InvalidOperationException>(() => decoding.Next(another, [8, 9])).Message, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using Heed.Data;
using Heed.Text;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Prepared data: the ids that memory would hold, made once, gone on with after any stop, never read wrongly.</summary>
public sealed class PreparationTests : IDisposable
{
    readonly Corner corner = new();

    /// <summary>Collects what is reported, and may throw in the middle of it.</summary>
    sealed class Reports(Func<PreparationProgress, bool>? stops = null) : IProgress<PreparationProgress>
    {
        public List<PreparationProgress> All { get; } = [];

        public void Report(PreparationProgress value)
        {
            All.Add(value);
            if (stops?.Invoke(value) == true) throw new OperationCanceledException();
        }
    }

    PreparedData Prepare(Recipe recipe, IProgress<PreparationProgress>? progress = null, string place = "data")
        => new Preparation(recipe, corner[place]) { Progress = progress, Block = 5, Beat = 1 }.Run();

    static List<string> Ids(IPairs pairs) => [.. Enumerable.Range(0, pairs.Count).Select(pair =>
    {
        List<int> source = [], target = [];
        pairs.Read(pair, 0, source, target);
        return $"{string.Join(' ', source)} | {string.Join(' ', target)}";
    })];

    static byte[] Saved(Tokenizer tokenizer)
    {
        using var bytes = new MemoryStream();
        tokenizer.Save(bytes);
        return bytes.ToArray();
    }

    Dictionary<string, byte[]> Files(string place) => Directory.EnumerateFiles(corner[place]).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);

    void SameFiles(string expected, string found)
    {
        Assert.Equal(Files(expected).Keys.Order(StringComparer.Ordinal), Files(found).Keys.Order(StringComparer.Ordinal));
        foreach (var (name, bytes) in Files(expected)) Assert.True(bytes.AsSpan().SequenceEqual(Files(found)[name]), $"{name} differs.");
        Assert.False(Directory.Exists(corner[found + ".unfinished"]));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 0.2)]
    public void The_file_holds_the_ids_that_memory_would_hold(bool joint, double dropout)
    {
        var recipe = corner.Recipe();
        recipe = recipe with { Tokenizer = recipe.Tokenizer with { Joint = joint, Dropout = dropout }, Data = recipe.Data with { Filters = new() { MaximumWords = 5 } } };
        var memory = PreparedData.From(recipe);
        using var made = Prepare(recipe);
        using var opened = Prepare(recipe);
        foreach (var data in (PreparedData[])[made, opened])
        {
            Assert.Equal(Ids(memory.Train), Ids(data.Train));
            Assert.Equal(Ids(memory.Validation), Ids(data.Validation));
            Assert.Equal(Saved(memory.Source), Saved(data.Source));
            Assert.Equal(Saved(memory.Target), Saved(data.Target));
            Assert.Equal(joint, data.Source == data.Target);
            Assert.Equal((memory.Account.Pairs, memory.Account.Kept, memory.Account.TargetIds), (data.Account.Pairs, data.Account.Kept, data.Account.TargetIds));
            Assert.Equal(64, data.Fingerprint.Length);
        }
        Assert.Equal(9, memory.Account.LeftOutCount);
    }

    [Fact]
    public void What_is_there_is_used_until_text_filters_or_tokenizer_are_others()
    {
        var recipe = corner.Recipe();
        bool Learns(Recipe other)
        {
            var reports = new Reports();
            Prepare(other, reports).Dispose();
            return reports.All.Exists(report => report.Work == PreparationWork.Learning);
        }
        Assert.True(Learns(recipe));
        Assert.False(Learns(recipe));
        // What the ids do not depend on may change.
        Assert.False(Learns(recipe with { Tokenizer = recipe.Tokenizer with { Dropout = 0.1 }, Training = recipe.Training with { Seed = 9 } }));
        Assert.True(Learns(recipe with { Data = recipe.Data with { MaximumLength = 20 } }));
        Assert.True(Learns(recipe));
        Assert.True(Learns(recipe with { Tokenizer = recipe.Tokenizer with { Vocabulary = 280 } }));
        Assert.True(Learns(recipe));
        File.AppendAllText(corner["train.tsv"], "one more\tpair\n");
        Assert.True(Learns(recipe));
        File.Copy(corner["train.tsv"], corner["elsewhere.tsv"]);
        Assert.False(Learns(recipe with { Data = recipe.Data with { Train = new CorpusPaths { Pairs = corner["elsewhere.tsv"] } } }));
    }

    [Fact]
    public void Stopped_at_any_pair_and_begun_again_it_ends_with_the_same_bytes()
    {
        var recipe = corner.Recipe();
        recipe = recipe with { Data = recipe.Data with { Filters = new() { Duplicates = Duplicates.Target, MaximumWords = 5 } } };
        File.AppendAllText(corner["train.tsv"], "again\ttwo birds the cat hears\n");
        var straight = new Reports();
        Prepare(recipe, straight, "straight").Dispose();
        for (var stop = 1; stop <= straight.All.Count; stop += 3)
        {
            var (place, left) = ($"stopped-{stop}", stop);
            Assert.Throws<OperationCanceledException>(() => Prepare(recipe, new Reports(_ => --left == 0), place));
            Assert.False(Directory.Exists(corner[place]));
            var again = new Reports();
            Prepare(recipe, again, place).Dispose();
            SameFiles("straight", place);
            // Learned once; what was encoded is passed over and not reported as a restart from nothing.
            if (straight.All[stop - 1].Work == PreparationWork.Encoding) Assert.DoesNotContain(again.All, report => report.Work == PreparationWork.Learning);
        }
        Assert.True(straight.All.Count > 70);
    }

    [Fact]
    public void What_was_encoded_is_not_encoded_again()
    {
        const int FirstId = 128;
        var recipe = corner.Recipe();
        var encoded = 0;
        Assert.Throws<OperationCanceledException>(() => Prepare(recipe, new Reports(report => report.Work == PreparationWork.Encoding && ++encoded > 22)));
        // A mark in what is on the disk already: it is still there in the end.
        var path = Path.Combine(corner["data.unfinished"], "train.pairs");
        var bytes = File.ReadAllBytes(path);
        var (before, marked) = (bytes[FirstId], (byte)(bytes[FirstId] == 9 ? 10 : 9));
        bytes[FirstId] = marked;
        File.WriteAllBytes(path, bytes);
        Prepare(recipe).Dispose();
        Assert.Equal(marked, File.ReadAllBytes(Path.Combine(corner["data"], "train.pairs"))[FirstId]);
        Assert.NotEqual(before, marked);
    }

    [Fact]
    public void Every_reason_has_its_count_its_lines_and_its_examples()
    {
        var recipe = corner.Recipe();
        corner.Write("train.tsv", string.Join('\n', [
            "the cat sees a house\ta house the cat sees", "\ta house", "one\ttwo words here", "ten ten ten ten ten ten ten ten\tten ten ten",
            "the cat sees a house\ta house the cat sees", "same same\tsame same", "кот видит дом\ta house the cat sees", "the cat sees\tдва птицы кот",
            "a cat\tthe old man hears the sea and two birds", "another cat\t" + string.Concat(Enumerable.Repeat("zyx ", 6)) + new string('q', 60), ""]));
        recipe = recipe with
        {
            Tokenizer = recipe.Tokenizer with { Vocabulary = 258 },
            Data = recipe.Data with
            {
                MaximumLength = 60,
                Filters = new()
                {
                    MinimumWords = 0, MaximumWords = 7, MaximumRatio = 5, Duplicates = Duplicates.Pair, Identical = true,
                    SourceScript = Script.Latin, TargetScript = Script.Latin, MinimumShare = 0.6,
                },
            },
        };
        using var data = Prepare(recipe);
        List<(LeftOutReason, long, long)> expected =
        [
            (LeftOutReason.Empty, 1, 2), (LeftOutReason.TooLong, 1, 10), (LeftOutReason.TooManyWords, 2, 4), (LeftOutReason.Duplicate, 1, 5),
            (LeftOutReason.Identical, 1, 6), (LeftOutReason.SourceScript, 1, 7), (LeftOutReason.TargetScript, 1, 8),
        ];
        Assert.Equal(expected, data.Account.LeftOut.Select(group => (group.Reason, group.Count, group.Examples[0].Line)));
        Assert.Equal((10, 2), (data.Account.Pairs, data.Account.Kept));
        Assert.Equal(2, data.Train.Count);
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(corner["data"], "prepared.json")))!;
        Assert.Equal("tooManyWords", (string)json["account"]!["leftOut"]![2]!["reason"]!);
        Assert.Equal("ten ten ten", (string)json["account"]!["leftOut"]![2]!["examples"]![0]!["target"]!);
        using var few = Prepare(recipe with { Data = recipe.Data with { Filters = new() { MinimumWords = 2, MaximumRatio = 2 } } });
        Assert.Equal([LeftOutReason.TooLong, LeftOutReason.TooFewWords, LeftOutReason.Ratio], few.Account.LeftOut.Select(group => group.Reason));
    }

    [Theory]
    [InlineData(Duplicates.Keep, "1 2 3 4 5 6")]
    [InlineData(Duplicates.Pair, "1 3 4 5 6")]
    [InlineData(Duplicates.Source, "1 4 6")]
    [InlineData(Duplicates.Target, "1 3 5")]
    [InlineData(Duplicates.Either, "1 6")]
    public void Of_repetitions_the_first_is_kept(Duplicates kind, string kept)
    {
        SentencePair[] pairs = [new("a", "x"), new("a", "x"), new("a", "y"), new("b", "x"), new("a", "z"), new("c", "y")];
        var filter = new PairFilter(new() { Duplicates = kind }, longest: 10);
        Assert.Equal(kept, string.Join(' ', pairs.Select((pair, i) => (Reason: filter.OfText(pair), Line: i + 1)).Where(seen => seen.Reason is null).Select(seen => seen.Line)));
    }

    [Fact]
    public void Repetitions_are_found_among_many()
    {
        var filter = new PairFilter(new() { Duplicates = Duplicates.Pair }, longest: 10);
        Assert.All(Enumerable.Range(0, 50_000), i => Assert.Null(filter.OfText(new($"{i}", $"{i * 7}"))));
        Assert.All(Enumerable.Range(0, 50_000), i => Assert.Equal(LeftOutReason.Duplicate, filter.OfText(new($"{i}", $"{i * 7}"))));
        // The border between the sides counts.
        Assert.Null(filter.OfText(new("1", "23x")));
        Assert.Null(filter.OfText(new("12", "3x")));
    }

    [Fact]
    public void Damaged_data_is_refused_with_its_file_and_a_remedy()
    {
        var recipe = corner.Recipe();
        Prepare(recipe).Dispose();
        foreach (var name in (string[])["train.pairs", "tokenizer.json", "prepared.json"])
        {
            var path = Path.Combine(corner["data"], name);
            var whole = File.ReadAllBytes(path);
            foreach (var damaged in (byte[][])[whole[..(whole.Length / 2)], [], Flipped(whole, whole.Length / 2)])
            {
                File.WriteAllBytes(path, damaged);
                var message = Assert.Throws<InvalidDataException>(() => Prepare(recipe)).Message;
                Assert.Contains(corner["data"], message, StringComparison.Ordinal);
            }
            File.Delete(path);
            var absent = Record.Exception(() => Prepare(recipe));
            Assert.True(absent is InvalidDataException or IOException && absent.Message.Contains($"'{corner["data"]}' ", StringComparison.Ordinal), $"{absent}");
            File.WriteAllBytes(path, whole);
        }
        Prepare(recipe).Dispose();
    }

    static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 4;
        return flipped;
    }

    [Fact]
    public void Data_of_another_tokenizer_and_directories_of_others_are_refused()
    {
        var recipe = corner.Recipe();
        Prepare(recipe).Dispose();
        Prepare(recipe with { Tokenizer = recipe.Tokenizer with { Vocabulary = 280 } }, null, "other").Dispose();
        File.Copy(Path.Combine(corner["other"], "tokenizer.json"), Path.Combine(corner["data"], "tokenizer.json"), overwrite: true);
        Assert.Contains("do not belong together", Assert.Throws<InvalidDataException>(() => Prepare(recipe)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(corner["mine"]);
        corner.Write(Path.Combine("mine", "letter.txt"), "keep");
        Assert.Contains("no prepared data", Assert.Throws<IOException>(() => Prepare(recipe, null, "mine")).Message, StringComparison.Ordinal);
        Assert.Equal("keep", File.ReadAllText(Path.Combine(corner["mine"], "letter.txt")));
        var known = Prepare(recipe with { Tokenizer = recipe.Tokenizer with { Vocabulary = 280 } }, null, "other").Source;
        Directory.Delete(corner["data"], recursive: true);
        Prepare(recipe).Dispose();
        Assert.Contains("another tokenizer than the model's", Assert.Throws<InvalidDataException>(() => new Preparation(recipe, corner["data"]).Run((known, known))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_that_want_the_same_one_makes_it_and_the_others_wait()
    {
        var recipe = corner.Recipe() with { };
        recipe = recipe with { Data = recipe.Data with { Prepared = corner["shared"] } };
        var reports = Enumerable.Range(0, 4).Select(_ => new Reports()).ToList();
        var made = await Task.WhenAll(reports.Select(report => Task.Run(() => Prepare(recipe, report))));
        Assert.Single(reports, report => report.All.Exists(each => each.Work == PreparationWork.Learning));
        Assert.Single(made.Select(data => data.Folder).Distinct());
        using var other = Prepare(recipe with { Data = recipe.Data with { MaximumLength = 20 } });
        Assert.NotEqual(made[0].Folder, other.Folder);
        Assert.All(made, data => Assert.Equal(36, data.Train.Count));
        foreach (var data in made) data.Dispose();
    }

    [Fact]
    public void A_run_is_never_resumed_on_other_data()
    {
        var recipe = corner.Recipe();
        using var data = Prepare(recipe);
        var own = recipe with { Data = recipe.Data with { Fingerprint = data.Fingerprint } };
        Prepare(own).Dispose();
        File.AppendAllText(corner["train.tsv"], "one more\tpair\n");
        Assert.Contains("data.fingerprint", Assert.Throws<InvalidDataException>(() => Prepare(own, null, "again")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_on_prepared_data_has_the_bits_of_one_in_memory_resumed_or_not()
    {
        var recipe = corner.Recipe();
        foreach (var (name, killed) in ((string, int)[])[("memory", int.MaxValue), ("stopped", 9)])
        {
            using var data = name == "memory" ? PreparedData.From(recipe) : Prepare(recipe);
            using var run = TrainingRun.Start(recipe, data, corner[name], Cpu.Two);
            foreach (var happened in run.Continue())
                if (happened is Stepped step && step.Report.Number == killed) break;
        }
        using (var run = TrainingRun.Resume(corner["stopped"], Cpu.Two, (own, known) => new Preparation(own, corner["data"]).Run(known)))
            Assert.IsType<Finished>(run.Continue().Last());
        foreach (var file in (string[])["metrics.jsonl", Path.Combine("model", "model.safetensors"), Path.Combine("checkpoint-20", "optimizer.safetensors")])
            Assert.Equal(File.ReadAllBytes(Path.Combine(corner["memory"], file)), File.ReadAllBytes(Path.Combine(corner["stopped"], file)));
    }

    [Fact]
    public void The_tokenizer_may_be_learned_from_one_pair_in_so_many()
    {
        var recipe = corner.Recipe();
        recipe = recipe with { Tokenizer = recipe.Tokenizer with { Every = 2 } };
        var text = new ParallelText(["aaaa aaaa", "cccc cccc", "aaaa"], ["bbbb", "dddd dddd", "bbbb"]);
        var data = PreparedData.From(recipe, text, text);
        Assert.Single(data.Source.Encode("aaaa"));
        Assert.Equal(4, data.Source.Encode("cccc").Length);
    }

    [Fact]
    public void What_would_be_left_out_is_told_without_writing()
    {
        var recipe = corner.Recipe();
        var preparation = new Preparation(recipe with { Data = recipe.Data with { Filters = new() { MaximumWords = 5 } } }, corner["data"]);
        var account = preparation.Examine();
        Assert.Equal(account.Pairs, account.Kept + account.LeftOut.Sum(group => group.Count));
        Assert.Equal(9, account.LeftOutCount);
        Assert.False(Directory.Exists(corner["data"]) || File.Exists(corner["data.lock"]) || Directory.Exists(corner["data.unfinished"]));
    }

    [Fact]
    public void Settings_that_cannot_be_are_faults()
    {
        var recipe = corner.Recipe();
        recipe = recipe with
        {
            Tokenizer = recipe.Tokenizer with { Every = 0 },
            Data = recipe.Data with { Filters = new() { MinimumWords = 5, MaximumWords = 3, MaximumRatio = 0.5, MinimumShare = 1.5 } },
        };
        Assert.Equal(["data.filters.maximumWords", "data.filters.maximumRatio", "data.filters.minimumShare", "tokenizer.every"], recipe.Faults().Select(fault => fault.Split(' ')[0]));
    }

    public void Dispose() => corner.Dispose();
}

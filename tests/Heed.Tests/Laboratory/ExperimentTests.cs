using System.Globalization;
using Heed.Data;
using Heed.Kernels;
using Heed.Laboratory;
using Heed.Models;
using Heed.Tensors;
using Heed.Tests.Support;
using Heed.Translation;

namespace Heed.Tests.Laboratory;

public sealed class ExperimentTests
{
    static Report Run(string name, ulong seed = 1, Backend? backend = null) => Experiment.Named(name).Run(new Conditions(backend ?? Cpu.Two) { Seed = seed });

    static IEnumerable<T> All<T>(Report report) where T : Exhibit => report.Sections.SelectMany(section => section.Exhibits).OfType<T>();

    static TableExhibit Table(Report report, string title) => All<TableExhibit>(report).Single(table => table.Title == title);

    static double Number(string cell) => double.Parse(cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    static Curve Curve(Report report, string name) => All<CurvesExhibit>(report).SelectMany(curves => curves.Curves).First(curve => curve.Name == name);

    [Fact]
    public void The_worked_example_has_the_scores_weights_and_outputs_that_are_computed_by_hand()
    {
        var trace = All<TraceExhibit>(Run("worked-example")).Single().Matrices.ToDictionary(matrix => matrix.Name);
        Assert.Equal([2.0, 4, 4], Row(trace["S"].Values, 0));
        Assert.Equal([0, 1, 1, 4, 4, 0, 2, 3, 1], trace["K"].Values.Cast<double>());
        Assert.Equal([1, 0, 2, 2, 2, 2, 2, 1, 3], trace["Q"].Values.Cast<double>());
        Assert.Equal([1, 2, 3, 2, 8, 0, 2, 6, 3], trace["V"].Values.Cast<double>());
        double small = Math.Exp(-2), share = 1 / (2 + small);
        double[] first = [(small * 1 + 2 + 2) * share, (small * 2 + 8 + 6) * share, (small * 3 + 0 + 3) * share];
        Close(1e-12, first, Row(WorkedExample.Compute(), 0), "first output");
        Close(5e-5, [1.9366, 6.6831, 1.5951, 2.0, 7.9640, 0.0540, 1.9997, 7.7599, 0.3584], [.. WorkedExample.Compute().Cast<double>()], "outputs");
    }

    [Fact]
    public void The_attention_kernel_computes_the_worked_example()
    {
        var trace = All<TraceExhibit>(Run("worked-example")).Single().Matrices.ToDictionary(matrix => matrix.Name);
        using var workspace = new Workspace(Cpu.Two);
        using var pass = Pass.Infer(workspace);
        Tensor Given(string name) => pass.From([.. trace[name].Values.Cast<double>().Select(value => (float)value)], [3, 3]);
        var output = Ops.Attend(Given("Q"), Given("K"), Given("V"), Segments.One(3).Against(Segments.One(3)),
            new AttendOptions(new AttentionSizes(1, 1, 3, 3, Scale: 1), 0, ""), default(FullMask), default(NoBias));
        Close(2e-6, [.. WorkedExample.Compute().Cast<double>()], [.. output.ToArray().Select(value => (double)value)], "kernel");
    }

    [Fact]
    public void Every_number_of_the_worked_example_can_be_followed_to_given_ones()
    {
        var matrices = All<TraceExhibit>(Run("worked-example")).Single().Matrices;
        foreach (var matrix in matrices.Where(matrix => matrix.Equation.Length > 0))
            for (var i = 0; i < matrix.Values.GetLength(0); i++)
                for (var j = 0; j < matrix.Values.GetLength(1); j++)
                {
                    var sources = matrix.Sources(i, j);
                    Assert.NotEmpty(sources);
                    Assert.All(sources, cell => Assert.InRange(cell.Matrix, 0, matrices.ToList().IndexOf(matrix) - 1));
                    if (matrix.Name == "O") Assert.Equal(matrix.Values[i, j], sources.Sum(cell => matrices[cell.Matrix].Values[cell.Row, cell.Column]), 12);
                    if (matrix.Name == "P·v") Assert.Equal(matrix.Values[i, j], sources.Aggregate(1.0, (product, cell) => product * matrices[cell.Matrix].Values[cell.Row, cell.Column]), 12);
                }
    }

    [Fact]
    public void A_soft_lookup_goes_from_the_mean_to_the_nearest_word()
    {
        var rows = Table(Run("soft-lookup"), "Weights and answer").Rows;
        Assert.All(rows[0].Skip(1).SkipLast(1), cell => Assert.Equal("0.200", cell));
        Assert.Equal("1.60", rows[0][^1]);
        Assert.Equal("4.00", rows[^1][^1]);
        Assert.All(rows, row => Assert.Equal(1, row.Skip(1).SkipLast(1).Sum(Number), 0.003));
    }

    [Fact]
    public void Without_positions_shuffled_words_give_shuffled_rows_and_with_any_they_do_not()
    {
        var rows = Table(Run("order"), "How far a word's row moves when the sentence is shuffled").Rows;
        Assert.Equal("none", rows[0][0]);
        Assert.InRange(Number(rows[0][2]), 0, 1e-5);
        Assert.All(rows.Skip(1), row => Assert.InRange(Number(row[1]), 0.01, 2));
    }

    [Fact]
    public void Divided_by_the_root_of_the_width_entropy_and_gradient_stay()
    {
        var rows = Table(Run("scaling"), "The numbers").Rows;
        Assert.All(rows, row => Assert.InRange(Number(row[3]), 5.2, 5.5));
        Assert.All(rows, row => Assert.InRange(Number(row[5]), 0.15, 0.2));
        Assert.InRange(Number(rows[^1][2]), 0, 0.3);
        foreach (var (before, after) in rows.Zip(rows.Skip(1))) Assert.True(Number(after[2]) < Number(before[2]), $"At width {after[0]} the entropy did not fall.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Only_the_mask_before_softmax_hides_the_future(ulong seed)
    {
        var rows = Table(Run("masking", seed), "What it does to each word's weights").Rows;
        foreach (var row in rows.SkipLast(1))
        {
            Assert.Equal(("1.000", "0.000", "0"), (row[1], row[3], row[5]));
            Assert.InRange(Number(row[2]), 0, 0.999);
            Assert.InRange(Number(row[4]), 0.001, 1);
            Assert.InRange(Number(row[6]), 1e-4, 1);
        }
    }

    [Fact]
    public void Windows_hear_to_the_edge_of_their_receptive_field_and_nothing_beyond()
    {
        var report = Run("distance");
        var heard = Curve(report, "8 layers of windows").Y;
        Assert.All(heard.Take(17), share => Assert.True(share > 0));
        Assert.All(heard.Skip(17), share => Assert.Equal(0, share));
        var lstm = Curve(report, "LSTM").Y;
        Assert.InRange(lstm[64] / lstm[0], 0, 1e-6);
        Assert.All(Curve(report, "self-attention").Y, share => Assert.InRange(share, 1e-3, 10));
    }

    [Theory]
    [InlineData("soft-lookup")]
    [InlineData("order")]
    [InlineData("scaling")]
    [InlineData("masking")]
    [InlineData("distance")]
    public void The_same_seed_gives_the_same_numbers_whatever_the_threads(string name)
    {
        static IEnumerable<string> Cells(Report report) => All<TableExhibit>(report).SelectMany(table => table.Rows.SelectMany(row => row));
        var (one, two) = (Run(name, 3, Cpu.One), Run(name, 3));
        Assert.Equal(one.Answer, two.Answer);
        Assert.Equal(Cells(one), Cells(two));
    }

    [Fact]
    public void Conduis_prudemment_toi_is_drive_safe_and_each_word_looks_at_its_own()
    {
        var report = Run("cross");
        Assert.StartsWith("'conduis prudemment toi' becomes 'drive safe'.", report.Answer, StringComparison.Ordinal);
        var alignment = All<HeatMapExhibit>(report).First(map => map.Title == "Target words look at source words");
        Assert.Equal(["conduis", "prudemment", "toi"], alignment.Columns);
        Assert.Equal(["drive", "safe"], alignment.Rows);
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(i => Array.IndexOf(Row(alignment.Values, i), Row(alignment.Values, i).Max())));
    }

    [Fact]
    public void Banks_and_its_are_translated_by_what_the_sentence_says_of_them()
    {
        var answer = Run("disambiguate").Answer;
        foreach (var expected in (string[])["am ufer des flusses", "bei der bank in der straße", "weil es zu müde war", "weil sie zu breit war"]) Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heads")]
    [InlineData("circuits")]
    [InlineData("residual")]
    [InlineData("bottleneck")]
    [InlineData("positions")]
    public void What_trains_longer_says_what_it_found(string name)
    {
        Slow.OnlyWhenAsked("a training of up to a minute");
        var report = Run(name);
        Assert.DoesNotContain("NaN", report.Answer, StringComparison.Ordinal);
        foreach (var curve in All<CurvesExhibit>(report).SelectMany(curves => curves.Curves)) Assert.All(curve.Y, value => Assert.True(double.IsFinite(value), curve.Name));
        if (name == "bottleneck") Assert.True(Curve(report, "additive attention").Y[^1] > Curve(report, "one vector").Y[^1] + 0.3);
        if (name == "residual") Assert.True(Curve(report, "with residual").Y.Min() < Curve(report, "without residual").Y.Min() - 1);
        if (name == "positions") Assert.True(Curve(report, "sinusoidal").Y[0] > 0.9);
    }

    [Theory]
    [InlineData("heads")]
    [InlineData("disambiguate")]
    public void A_model_whose_encoder_has_no_heads_is_refused_with_a_sentence(string name)
    {
        using var corner = new Corner();
        var recipe = new Recipe { Tokenizer = new() { Vocabulary = 300, MinimumFrequency = 1 }, Model = new RecurrentConfig { Embedding = 8, Width = 8, Encoder = new RecurrentEncoder { Width = 8 } } };
        using (var model = TrainingRun.Build(recipe, [new SentencePair("a cat", "ein kater"), new SentencePair("a dog", "ein hund")])) ModelFolder.Save(corner["model"], model, new ModelCard());
        var fault = Assert.Throws<ArgumentException>(() => Experiment.Named(name).Run(new Conditions(Cpu.Two) { Model = corner["model"], Text = "a cat" }));
        Assert.Contains("no self-attention", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_that_is_not_there_is_answered_with_the_nearest()
        => Assert.Contains("the nearest is 'scaling'", Assert.Throws<ArgumentException>(() => Experiment.Named("scalling")).Message, StringComparison.Ordinal);

    static void Close(double tolerance, double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}: number {i} is {actual[i]:R}, expected {expected[i]:R}.");
    }

    static double[] Row(double[,] matrix, int i) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])];
}

using System.Reflection;
using Heed.Attention;
using Heed.Convolution;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Tests.Contracts;

/// <summary>Every public layer, found by reflection, has gradients that central differences confirm.</summary>
public sealed class LayerGradientTests
{
    sealed record Case(Action Check);

    static readonly Segments five = new([5, 1, 3]), seven = new([4, 2, 6]);

    static BlockConfig Block(NormOrder order = NormOrder.Pre) => new()
    {
        Width = 12,
        Heads = 3,
        FeedForward = new GeluFeedForward { Width = 20 },
        Order = order,
        Dropout = DropoutRates.None,
    };

    static readonly TransformerConfig small = Tiny.Config with { EncoderLayers = 1, DecoderLayers = 1 };

    static readonly ClassifierConfig labels = new()
    {
        Vocabulary = 19, Labels = 5, Context = 9, Layers = 2, Width = 20, Heads = 2, FeedForward = new GeluFeedForward { Width = 36 },
        Positions = new LearnedPositions { Maximum = 9 }, Dropout = DropoutRates.None,
    };

    static readonly MaskedLanguageModelConfig hidden = new()
    {
        Vocabulary = 19, Context = 9, Layers = 2, Width = 20, Heads = 2, FeedForward = new GeluFeedForward { Width = 36 },
        Positions = new LearnedPositions { Maximum = 9 }, Dropout = DropoutRates.None,
    };

    static Case One(Func<Scope, Func<Rows, Tensor>> build) => new(() => OneInput(build));

    static Case Two(Func<Scope, Func<Rows, Rows, Tensor>> build) => new(() => TwoInputs(build));

    static IEnumerable<Case> Orders(Func<NormOrder, Case> make) => Enum.GetValues<NormOrder>().Select(make);

    // What asks for parameters is a layer: its first constructor parameter is the place of its names.
    static readonly Dictionary<Type, Case[]> cases = new()
    {
        [typeof(Linear)] =
        [
            One(p => { var layer = new Linear(p, 12, 7); return x => layer.Forward(x.Values); }),
            One(p => { var layer = new Linear(p, 12, 7, bias: false); return x => layer.Forward<Kernels.Gelu>(x.Values); }),
        ],
        [typeof(Residual)] = [.. Orders(order => One(p =>
        {
            var layer = new Residual(p, Block(order));
            var f = new Linear(p / "f", 12, 12);
            return x => layer.Around(x.Values, x.Values, f, static (f, z) => f.Forward(z));
        }))],
        [typeof(MultiHeadAttention)] =
        [
            .. Masks.Select(mask => One(p => { var layer = new MultiHeadAttention(p, Block()); return x => layer.Forward(x, x, mask, KeyValues.None); })),
            .. Masks.Select(mask => Two(p => { var layer = new MultiHeadAttention(p, Block()); return (x, y) => layer.Forward(x, y, mask, KeyValues.None); })),
        ],
        [typeof(EncoderBlock)] = [.. Orders(order => One(p => { var layer = new EncoderBlock(p, Block(order)); return x => layer.Forward(x, Mask.Full, KeyValues.None).Values; }))],
        [typeof(DecoderBlock)] = [.. Orders(order => Two(p =>
        {
            var layer = new DecoderBlock(p, Block(order));
            return (x, y) => layer.Forward(x, y, Mask.Causal, LayerMemory.None).Values;
        }))],
        [typeof(RecurrentLayer)] =
        [
            .. Cells.SelectMany(cell => (Case[])
            [
                One(p => { var layer = new RecurrentLayer(p, new() { Cell = cell, Width = 7 }, 12); return x => layer.Forward(x); }),
                One(p => { var layer = new RecurrentLayer(p, new() { Cell = cell, Width = 5, Bias = false }, 12, reversed: true); return x => layer.Forward(x); }),
            ]),
        ],
        [typeof(RecurrentLayers)] =
        [
            .. Cells.SelectMany(cell => (Case[])
            [
                One(p => { var layers = new RecurrentLayers(p, new() { Cell = cell, Width = 5, Layers = 2 }, 12); return x => layers.Last(layers.Forward(x)); }),
                One(p =>
                {
                    var layers = new RecurrentLayers(p, new() { Cell = cell, Width = 4, Layers = 2, Bidirectional = true }, 12);
                    return x => layers.Forward(x) is var states ? Ops.Stack(states.Output.Values, layers.Last(states)) : default;
                }),
            ]),
        ],
        [typeof(WindowLayer)] =
        [
            One(p => { var layer = new WindowLayer(p, new() { Width = 12 }); return x => layer.Forward(x).Values; }),
            One(p => { var layer = new WindowLayer(p, new() { Width = 12, Window = 4 }); return x => layer.Forward(x).Values; }),
        ],
        [typeof(RecurrentTranslator)] =
        [
            new(() => Whole(Tiny.Recurrent with { Encoder = new ConvolutionEncoder { Width = 20, Layers = 2, Window = 2 }, Bridge = Bridge.Mean })),
            new(() => Whole(Tiny.Recurrent with { InputFeeding = true, Cell = new LstmCell(), Tying = Tying.None })),
            new(() => Whole(Tiny.Recurrent with { InputFeeding = true, Score = new BilinearScore(), Bridge = Bridge.None })),
            new(() => Whole(Tiny.Recurrent with { Bridge = Bridge.Mean, Encoder = new RecurrentEncoder { Width = 9, Bidirectional = false } })),
            new(() => Whole(Tiny.Recurrent with { Dropout = new() { Embedding = 0.2f, Layers = 0.2f, Source = 0.2f, Output = 0.2f } })),
        ],
        [typeof(Transformer)] =
        [
            .. Enum.GetValues<Tying>().Select(tying => new Case(() => Whole(small with { Tying = tying }))),
            .. Orders(order => new Case(() => Whole(small with { Order = order }))),
            new(() => Whole(Tiny.Config)),
            new(() => Whole(small with { Dropout = new() { Embedding = 0.2f, Attention = 0.2f, Activation = 0.2f, Residual = 0.2f } })),
            new(() => Whole(Tiny.Config with { Positions = new LearnedPositions { Maximum = 9 }, Norm = new RmsNorm(), EndNorm = new LayerNorm() })),
        ],
        [typeof(CausalLanguageModel)] =
        [
            .. Stacks(config => Whole((LanguageModelConfig)config), TinyText.Config),
            new(() => Whole(TinyText.Config with { TieOutput = false })),
        ],
        [typeof(Classifier)] = [.. Stacks(config => Whole((ClassifierConfig)config), labels), new(() => Whole(labels with { Pooling = Pooling.Mean }))],
        [typeof(MaskedLanguageModel)] = [.. Stacks(config => Whole((MaskedLanguageModelConfig)config), hidden)],
    };

    static IEnumerable<Case> Stacks(Action<StackConfig> check, StackConfig config) =>
    [
        .. Enum.GetValues<NormOrder>().Select(order => new Case(() => check(config with { Order = order }))),
        new(() => check(config with { Dropout = new() { Embedding = 0.2f, Attention = 0.2f, Activation = 0.2f, Residual = 0.2f } })),
        new(() => check(config with { Positions = new SinusoidalPositions(), Norm = new RmsNorm(), EndNorm = new LayerNorm() })),
    ];

    static IEnumerable<Cell> Cells => Variants.All.Where(typeof(Cell).IsAssignableFrom).Select(cell => (Cell)Variants.Default(cell));

    static IEnumerable<Mask> Masks =>
    [
        .. typeof(Mask).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Mask)).Select(property => (Mask)property.GetValue(null)!),
        Mask.Prefix(2), Mask.Window(1, 1), Mask.Blocks(2), Mask.Blocks(2) & Mask.Causal,
    ];

    static IEnumerable<Type> Layers => typeof(Linear).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.GetConstructors().Any(made => made.GetParameters() is [{ ParameterType: var first }, ..]
            && first == typeof(Scope)));

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (type, own) in cases)
                for (var i = 0; i < own.Length; i++) data.Add(type.Name, i);
            return data;
        }
    }

    [Fact]
    public void Every_layer_is_checked()
        => Assert.Equal(Layers.Select(type => type.FullName).Order(), cases.Keys.Select(type => type.FullName).Order());

    [Fact]
    public void Every_mask_is_among_them() => Assert.Contains(Mask.Causal, Masks);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Central_differences_confirm_the_gradients(string layer, int number)
        => cases.Single(pair => pair.Key.Name == layer).Value[number].Check();

    static void OneInput(Func<Scope, Func<Rows, Tensor>> build)
    {
        using var parameters = new ParameterSet();
        var forward = build(parameters.Root);
        parameters.Initialise(9);
        Stir(parameters);
        GradientCheck.Run(parameters, [(9, 12)], (_, inputs) => forward(new Rows(inputs[0], five)));
    }

    static void TwoInputs(Func<Scope, Func<Rows, Rows, Tensor>> build)
    {
        using var parameters = new ParameterSet();
        var forward = build(parameters.Root);
        parameters.Initialise(9);
        Stir(parameters);
        GradientCheck.Run(parameters, [(9, 12), (12, 12)], (_, inputs) => forward(new Rows(inputs[0], five), new Rows(inputs[1], seven)));
    }

    // A whole model is checked through its loss too: logits for one half, the fused projected loss for the other.
    internal static void Whole(TranslatorConfig config)
    {
        var corners = config is TransformerConfig { FeedForward: ReluFeedForward or ReGluFeedForward };
        var dropping = config is TransformerConfig { Dropout: var rates } && rates != DropoutRates.None
            || config is RecurrentConfig { Dropout: var shares } && shares != RecurrentDropout.None;
        var batch = Tiny.Batch(seed: 4, [3, 1, 4], [2, 4, 1]);
        using (var tiny = new Tiny(config))
        {
            Stir(tiny.Parameters);
            GradientCheck.Run(tiny.Parameters, [], (pass, _) => tiny.Model.Forward(pass, batch.Source, batch.Target), corners, dropping);
        }
        using (var tiny = new Tiny(config))
        {
            Stir(tiny.Parameters);
            GradientCheck.Run(tiny.Parameters, [], (pass, _) => tiny.Model.Loss(pass, batch, new LossOptions { LabelSmoothing = 0.1f }).Loss, corners,
                dropping);
        }
    }

    internal static void Whole(LanguageModelConfig config)
    {
        using var tiny = new TinyText(config);
        Stir(tiny.Parameters);
        var batch = TinyText.Batch(seed: 4, 5, 1, 7);
        var corners = config.FeedForward is ReluFeedForward or ReGluFeedForward;
        var dropping = config.Dropout != DropoutRates.None;
        GradientCheck.Run(tiny.Parameters, [], (pass, _) => tiny.Model.Forward(pass, batch.Text), corners, dropping);
        GradientCheck.Run(tiny.Parameters, [], (pass, _) => tiny.Model.Loss(pass, batch, new LossOptions { LabelSmoothing = 0.1f }).Loss, corners, dropping);
    }

    static void Whole(ClassifierConfig config)
    {
        using var parameters = new ParameterSet();
        var model = new Classifier(parameters.Root, config);
        parameters.Initialise(3);
        Stir(parameters);
        var batch = new LabelledBatch(Tokens.Of(Tiny.Sequences(4, 19, 3, 1, 5)), (int[])[-1, 2, 0, 4, -1, -1, 1, 3, -1]);
        var dropping = config.Dropout != DropoutRates.None;
        GradientCheck.Run(parameters, [], (pass, _) => model.Forward(pass, batch.Text), dropping: dropping);
        GradientCheck.Run(parameters, [], (pass, _) => model.Loss(pass, batch, new LossOptions { LabelSmoothing = 0.1f }).Loss, dropping: dropping);
    }

    static void Whole(MaskedLanguageModelConfig config)
    {
        using var parameters = new ParameterSet();
        var model = new MaskedLanguageModel(parameters.Root, config);
        parameters.Initialise(3);
        Stir(parameters);
        var batch = new LabelledBatch(Tokens.Of(Tiny.Sequences(4, 19, 3, 1, 5)), (int[])[-1, 2, -1, 4, -1, -1, 17, 3, -1]);
        GradientCheck.Run(parameters, [], (pass, _) => model.Loss(pass, batch, new LossOptions { LabelSmoothing = 0.1f }).Loss, dropping: config.Dropout != DropoutRates.None);
    }

    // Gains of one and biases of zero would hide faults.
    static void Stir(ParameterSet parameters)
    {
        var random = new Kernels.CounterRandom(2, 2);
        foreach (var parameter in parameters.Parameters)
            if (parameter.Shape.Rank == 1)
                foreach (ref var value in parameter.Value.Span) value += 0.3f * random.NextNormal();
    }
}

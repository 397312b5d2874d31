#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// The Transformer in one file: loops over arrays, nothing else. It reads the parameters of the library's model by their names and makes the same logits.
// Vaswani et al. 2017, with the norm inside the residual (Xiong et al. 2020).

using Heed.Layers;
using Heed.Models;
using Heed.Tensors;

var config = new TransformerConfig
{
    SourceVocabulary = 20, TargetVocabulary = 20, Width = 16, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForward = new ReluFeedForward { Width = 32 }, Order = NormOrder.Pre, Dropout = DropoutRates.None,
};
var parameters = new ParameterSet();
var model = new Transformer(parameters.Root, config);
parameters.Initialise(seed: 1);
int[] source = [5, 7, 11, 13, 1], target = [0, 3, 9, 4];

using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
using var pass = Pass.Infer(workspace);
var library = model.Forward(pass, Tokens.Of([source]), Tokens.Of([target])).ToArray();
var here = Forward(source, target);
Console.WriteLine($"library  {string.Join(" ", library.Take(6).Select(value => $"{value,8:F5}"))} …");
Console.WriteLine($"here     {string.Join(" ", here.SelectMany(row => row).Take(6).Select(value => $"{value,8:F5}"))} …");
Console.WriteLine($"{here.Length} × {here[0].Length} logits, they differ by less than 1e-5: {here.SelectMany(row => row).Zip(library, (a, b) => Math.Abs(a - b)).Max() < 1e-5}");

double[][] Forward(int[] source, int[] target)
{
    var x = Embed(source);
    for (var i = 0; i < config.EncoderLayers; i++)
    {
        x = Add(x, Attention($"encoder.{i}.self", Norm($"encoder.{i}.self_norm", x), null, causal: false));
        x = Add(x, FeedForward($"encoder.{i}.feed", Norm($"encoder.{i}.feed_norm", x)));
    }
    var encoded = Norm("encoder.end", x);
    var y = Embed(target);
    for (var i = 0; i < config.DecoderLayers; i++)
    {
        y = Add(y, Attention($"decoder.{i}.self", Norm($"decoder.{i}.self_norm", y), null, causal: true));
        y = Add(y, Attention($"decoder.{i}.cross", Norm($"decoder.{i}.cross_norm", y), encoded, causal: false));
        y = Add(y, FeedForward($"decoder.{i}.feed", Norm($"decoder.{i}.feed_norm", y)));
    }
    return Product(Norm("decoder.end", y), "embedding", hasBias: false);      // the output projection is the embedding
}

// √d·E[id] + PE(t)
double[][] Embed(int[] ids) => [.. ids.Select((id, t) => Enumerable.Range(0, config.Width).Select(c =>
{
    var angle = t * Math.Pow(10_000, -2.0 * (c / 2) / config.Width);
    return Math.Sqrt(config.Width) * parameters["embedding.weight"].Value[id * config.Width + c] + (c % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
}).ToArray())];

// Concat(head₁ … headₕ)W_O, headᵢ = softmax(QᵢKᵢᵀ/√k)Vᵢ
double[][] Attention(string name, double[][] x, double[][]? source, bool causal)
{
    var k = config.Width / config.Heads;
    double[][] q = Product(x, name + ".query"), keys = Product(source ?? x, name + ".key"), values = Product(source ?? x, name + ".value");
    var mixed = x.Select(_ => new double[config.Width]).ToArray();
    for (var head = 0; head < config.Heads; head++)
        for (var i = 0; i < x.Length; i++)
        {
            var columns = Enumerable.Range(head * k, k);
            var scores = keys.Take(causal ? i + 1 : keys.Length).Select(key => columns.Sum(c => q[i][c] * key[c]) / Math.Sqrt(k)).ToArray();
            var exponentials = scores.Select(score => Math.Exp(score - scores.Max())).ToArray();
            foreach (var c in columns) mixed[i][c] = exponentials.Select((e, j) => e / exponentials.Sum() * values[j][c]).Sum();
        }
    return Product(mixed, name + ".output");
}

// max(0, xW₁ + b₁)W₂ + b₂
double[][] FeedForward(string name, double[][] x) => Product([.. Product(x, name + ".first").Select(row => Array.ConvertAll(row, value => Math.Max(0, value)))], name + ".second");

// (x − μ)/√(σ² + ε) ⊙ g + b
double[][] Norm(string name, double[][] x) => [.. x.Select(row =>
{
    double mean = row.Average(), deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + 1e-5);
    return row.Select((value, c) => (value - mean) / deviation * parameters[name + ".weight"].Value[c] + parameters[name + ".bias"].Value[c]).ToArray();
})];

// xWᵀ + b
double[][] Product(double[][] x, string name, bool hasBias = true)
{
    var weight = parameters[name + ".weight"];
    int rows = (int)weight.Shape.Rows, columns = (int)weight.Shape.Columns;
    return [.. x.Select(row => Enumerable.Range(0, rows).Select(o => Enumerable.Range(0, columns).Sum(c => row[c] * weight.Value[o * columns + c]) + (hasBias ? parameters[name + ".bias"].Value[o] : 0)).ToArray())];
}

static double[][] Add(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (one, other) => one + other).ToArray())];

#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// Bahdanau's attention: a decoder's state asks, every word of the source answers with a score v·tanh(Wq + Uk + b), and softmax makes of the scores
// the weights of a mean. Bahdanau, Cho and Bengio 2015. First written out, then as the library's layer: the same numbers.

using Heed.Attention;
using Heed.Tensors;

const int Units = 3, Width = 4;
string[] words = ["the", "black", "cat"];

var parameters = new ParameterSet();
var score = new AdditiveScore { Width = Units }.Build(parameters.Root / "score", queryWidth: 2, keyWidth: Width);
parameters.Initialise(seed: 5);
float[] query = [1, -2], source = [.. Enumerable.Range(0, words.Length * Width).Select(i => MathF.Sin(i))];

// Written out.
double[] scores = [.. words.Select((_, j) => Enumerable.Range(0, Units).Sum(u => parameters["score.vector"].Value[u]
    * Math.Tanh(Dot("score.query.weight", u, query) + parameters["score.query.bias"].Value[u] + Dot("score.key.weight", u, source.AsSpan(j * Width, Width)))))];
var greatest = scores.Max();
double[] exponentials = [.. scores.Select(each => Math.Exp(each - greatest))], weights = [.. exponentials.Select(each => each / exponentials.Sum())];
double[] context = [.. Enumerable.Range(0, Width).Select(c => words.Select((_, j) => weights[j] * source[j * Width + c]).Sum())];
foreach (var (word, j) in words.Select((word, j) => (word, j))) Console.WriteLine($"{word,-6} score {scores[j],7:F4}  weight {weights[j]:F4}");

// The library's: one query, one sentence of three rows.
using var backend = new CpuBackend();
using var workspace = new Workspace(backend);
using var pass = Pass.Infer(workspace);
Tensor rows = pass.From(source, [words.Length, Width]), asks = pass.From(query, [1, 2]);
var answer = score.Attend(asks, score.Keys(rows), rows, Segments.One(1).Against(Segments.One(words.Length))).ToArray();
Console.WriteLine($"context  {string.Join(" ", context.Select(value => $"{value:F4}"))}");
Console.WriteLine($"library  {string.Join(" ", answer.Select(value => $"{value:F4}"))}");
Console.WriteLine($"they differ by less than 1e-5: {context.Zip(answer, (a, b) => Math.Abs(a - b)).Max() < 1e-5}");

double Dot(string name, int row, ReadOnlySpan<float> x)
{
    var sum = 0.0;
    for (var i = 0; i < x.Length; i++) sum += parameters[name].Value[row * x.Length + i] * x[i];
    return sum;
}

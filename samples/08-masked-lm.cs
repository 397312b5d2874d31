#:project ../src/Heed/Heed.csproj
#:property PublishAot=false

// A masked language model: words are hidden, and an encoder that sees both sides says which they were. Devlin et al. 2019, §3.1.

using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;

const int Mask = 0, Steps = 300;
string[] words = ["[MASK]", "the", "a", "cat", "cats", "dog", "dogs", "sleeps", "sleep", "eats", "eat", "here", "now"];
var id = words.Select((word, i) => (word, i)).ToDictionary(each => each.word, each => each.i);
var random = new Random(1);

using var backend = new CpuBackend();
var parameters = new ParameterSet();
var model = new MaskedLanguageModel(parameters.Root, new MaskedLanguageModelConfig
{
    Vocabulary = words.Length, Context = 8, Layers = 2, Width = 32, Heads = 4, FeedForward = new GeluFeedForward { Width = 64 }, Order = NormOrder.Pre,
    Positions = new SinusoidalPositions(), EmbeddingScale = EmbeddingScale.SquareRoot, Dropout = DropoutRates.None,
});
parameters.Initialise(seed: 1);
using (var trainer = new Trainer(model, parameters, backend, new TrainingOptions { Steps = Steps, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 5e-3, Warmup = 20 } }))
    while (trainer.Number < Steps)
        if (trainer.Step([Hide([.. Enumerable.Range(0, 64).Select(_ => Sentence())])]) is { Number: 1 or Steps } report) Console.WriteLine($"step {report.Number}: perplexity of a hidden word {Math.Exp(report.Entropy):F2}");

// One word decides the other: from the right here, from the left there.
using var workspace = new Workspace(backend);
Guess("the [MASK] sleeps here");
Guess("the [MASK] sleep here");
Guess("a cat [MASK] now");

// Singular and plural agree: "the cat sleeps here", "the dogs eat now".
int[] Sentence()
{
    var plural = random.Next(2);
    return [plural == 0 ? id["a"] - random.Next(2) : id["the"], id["cat"] + 2 * random.Next(2) + plural, id["sleeps"] + 2 * random.Next(2) + plural, id["here"] + random.Next(2)];
}

// One word in four becomes the mask; the others have no label and are not asked for.
LabelledBatch Hide(int[][] sentences)
{
    var labels = new List<int>();
    foreach (var sentence in sentences)
    {
        var hidden = random.Next(sentence.Length);
        labels.AddRange(sentence.Select((word, t) => t == hidden ? word : -1));
        sentence[hidden] = Mask;
    }
    return new(Tokens.Of(sentences), labels.ToArray());
}

void Guess(string text)
{
    int[] ids = [.. text.Split(' ').Select(word => id[word])];
    using var pass = Pass.Infer(workspace);
    var logits = model.Forward(pass, Tokens.Of([ids]), new[] { Array.IndexOf(ids, Mask) }).ToArray();
    var sum = logits.Sum(logit => Math.Exp(logit));
    Console.WriteLine($"{text,-24} {string.Join(", ", logits.Select((logit, i) => (Word: words[i], P: Math.Exp(logit) / sum)).OrderByDescending(each => each.P).Take(2).Select(each => $"{each.Word} {100 * each.P:F0} %"))}");
}

namespace Heed.Cli.Tests;

/// <summary>A language of a dozen words, a translation of it, and a recipe that trains in a second.</summary>
static class Tiny
{
    static readonly (string From, string To)[] words =
    [
        ("the", "le"), ("cat", "chat"), ("dog", "chien"), ("sleeps", "dort"), ("eats", "mange"), ("sees", "voit"),
        ("a", "un"), ("small", "petit"), ("bird", "oiseau"), ("sings", "chante"), ("here", "ici"), ("now", "maintenant"),
    ];

    /// <summary>Sentences and their translations, the same ones every time.</summary>
    public static (string[] Source, string[] Target) Sentences(int count, int seed = 1)
    {
        var random = new Random(seed);
        var picked = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(2, 6)).Select(_ => words[random.Next(words.Length)]).ToArray()).ToArray();
        return ([.. picked.Select(sentence => string.Join(' ', sentence.Select(word => word.From)))], [.. picked.Select(sentence => string.Join(' ', sentence.Select(word => word.To)))]);
    }

    /// <summary>Writes corpus and recipe into a folder; returns the recipe's path.</summary>
    public static string Recipe(Folder folder, int steps = 6, int every = 3)
    {
        var (source, target) = Sentences(200);
        folder.Write("train.en", source);
        folder.Write("train.fr", target);
        var (validSource, validTarget) = Sentences(8, seed: 2);
        folder.Write("valid.en", validSource);
        folder.Write("valid.fr", validTarget);
        return folder.Write("tiny.yaml", $$"""
            # A model that fits into a test.
            data:
              train: {source: '{{folder["train.en"]}}', target: '{{folder["train.fr"]}}'}
              validation:
                source: '{{folder["valid.en"]}}'
                target: '{{folder["valid.fr"]}}'
            tokenizer:
              vocabulary: 290
            model:
              width: 16
              heads: 2
              encoderLayers: 1
              decoderLayers: 1
              feedForward: {kind: relu, width: 32}
              order: pre
            batches:
              tokens: 96
            training:
              steps: {{steps}}
              schedule: {kind: constant, peak: 0.01}
            validation:
              every: {{every}}
              tokenize: none
              samples: 1
            decoding:
              beam: 2
            """);
    }
}

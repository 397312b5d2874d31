using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Positions;
using Heed.Text;

namespace Heed.Translation;

/// <summary>What has a label.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Labelled>))]
public enum Labelled
{
    /// <summary>A text, at the row that begins it.</summary>
    Texts,

    /// <summary>Each word of a text, at its first piece.</summary>
    Words,
}

/// <summary>Turns texts into what a labelling model reads, and says at which rows labels stand.</summary>
/// <param name="tokenizer">how text becomes ids</param>
/// <param name="labelled">what has a label</param>
/// <param name="context">how many ids are read at once</param>
sealed class LabelledEncoder(Tokenizer tokenizer, Labelled labelled, int context)
{
    /// <summary>Words as one text: with a space before each but the first.</summary>
    public static string Join(IReadOnlyList<string> words) => string.Join(' ', words);

    /// <summary>The tree of a sentence's pieces: the first piece of a word hangs on the first of its head, the others on the first of their own word.</summary>
    /// <param name="heads">for each word the number of its head, from 1; 0 for the root</param>
    /// <param name="rows">for each word its first piece</param>
    /// <param name="pieces">how many there are</param>
    /// <exception cref="ArgumentException">The heads are no tree; the message says why.</exception>
    public static DependencyTree Tree(int[] heads, IReadOnlyList<int> rows, int pieces)
    {
        // Of the words first, so that what is wrong is told of words.
        _ = new DependencyTree(heads);
        var own = new int[pieces];
        for (var word = 0; word < rows.Count; word++)
        {
            var end = word + 1 < rows.Count ? rows[word + 1] : pieces;
            own[rows[word]] = heads[word] == 0 ? 0 : rows[heads[word] - 1] + 1;
            for (var piece = rows[word] + 1; piece < end; piece++) own[piece] = rows[word] + 1;
        }
        return new DependencyTree(own);
    }

    /// <summary>The ids of a text and the rows of its labels: that of the text, or of each word. Of a text what is beyond the context is left out; of words nothing may be.</summary>
    /// <returns>nothing where words do not fit the context</returns>
    public (List<int> Ids, List<int> Rows)? Encode(IReadOnlyList<string> words)
    {
        List<int> ids = [], rows = [];
        if (labelled == Labelled.Texts)
        {
            // As BERT's [CLS]: a row that stands for all of them.
            ids.Add(tokenizer.Begin);
            rows.Add(0);
            tokenizer.Encode(Join(words), ids);
            if (ids.Count > context) ids.RemoveRange(context, ids.Count - context);
            return (ids, rows);
        }
        for (var i = 0; i < words.Count; i++)
        {
            rows.Add(ids.Count);
            tokenizer.Encode(i == 0 ? words[i] : " " + words[i], ids);
            // Normalised to nothing, a word still has a row.
            if (ids.Count == rows[^1]) ids.Add(tokenizer.End);
        }
        return ids.Count <= context ? (ids, rows) : null;
    }
}

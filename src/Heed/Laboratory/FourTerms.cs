using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Laboratory;

/// <summary>(wᵢ + pᵢ)·(wⱼ + pⱼ) = wᵢ·wⱼ + wᵢ·pⱼ + pᵢ·wⱼ + pᵢ·pⱼ for the words of a sentence and the positions they stand at.</summary>
static class FourTerms
{
    /// <summary>The four matrices for a sentence, with the embeddings of a trained model.</summary>
    /// <exception cref="ArgumentException">The model adds no sinusoidal positions.</exception>
    public static IReadOnlyList<HeatMapExhibit> Of(SmallTranslator small, string sentence)
    {
        if (small.Model.Model.Config is not TransformerConfig { Positions: SinusoidalPositions positions } config)
            throw new ArgumentException("The four terms are those of a Transformer that adds sinusoidal positions to its embeddings; this model does not.", nameof(small));
        var ids = new List<int>();
        small.Model.Source.Encode(sentence, ids);
        string[] names = [.. small.Model.Source.Pieces([.. ids]).Select(piece => piece.Text.Trim())];
        double[,] words = Words(small.Model.Parameters, config, ids), places = Places(positions, ids.Count, config.SourceWidth);
        return
        [
            Term("word · word: which words are alike", words, words), Term("word · position: which words like a place", words, places),
            Term("position · word: which places like a word", places, words), Term("position · position: how far apart", places, places),
        ];

        HeatMapExhibit Term(string title, double[,] left, double[,] right) => new(title, names, names, left.Times(right.Transposed())) { IsSigned = true };
    }

    // As the model reads them: √d·E.
    static double[,] Words(ParameterSet parameters, TransformerConfig config, List<int> ids)
    {
        var table = parameters[config.Tying == Tying.All ? "embedding.weight" : "encoder.embedding.weight"];
        return DoubleMatrix.Of(ids.Count, config.SourceWidth, (i, c) => Math.Sqrt(config.SourceWidth) * table.Value[ids[i] * table.Shape.Columns + c]);
    }

    static double[,] Places(SinusoidalPositions positions, int count, int width)
    {
        var row = new float[width];
        var places = new double[count, width];
        for (var t = 0; t < count; t++)
        {
            positions.Fill(t, row);
            for (var c = 0; c < width; c++) places[t, c] = row[c];
        }
        return places;
    }
}

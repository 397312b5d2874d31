using Heed.Models;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Laboratory;

/// <summary>A head as two matrices on tokens: E·W_Q·W_Kᵀ·Eᵀ says who looks at whom, E·W_V·W_O·Eᵀ what is said when somebody is looked at. Elhage et al. 2021.</summary>
public sealed class CircuitsExperiment : Experiment
{
    const int Leading = 3;

    /// <inheritdoc/>
    public override string Name => "circuits";

    /// <inheritdoc/>
    public override string Question => "What would a head do with any two tokens, before any sentence?";

    /// <inheritdoc/>
    public override bool LooksIntoModels => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        using var small = SmallTranslator.Of(conditions, DisambiguateExperiment.Pairs, DisambiguateExperiment.Steps);
        if (small.Model.Model.Config is not TransformerConfig { Tying: not Tying.None } config)
            throw new ArgumentException("Circuits are read from a Transformer whose target embedding is its output projection too; this model's are apart or of another kind.");
        var read = small.Read(conditions.Text ?? DisambiguateExperiment.Sentence);
        var sentence = new Head(small.Model, config, read);
        var sections = Enumerable.Range(0, config.Heads).Select(head => new Section($"Head {head + 1} of the decoder's first self-attention", "",
        [
            new HeatMapExhibit("QK circuit: how much a row's token looks for a column's", sentence.Names, sentence.Names, sentence.QueryKey(head)) { IsSigned = true },
            new HeatMapExhibit("OV circuit: how much looking at a row's token speaks for a column's", sentence.Names, sentence.Names, sentence.OutputValue(head)) { IsSigned = true },
            new TableExhibit("OV circuit, over the whole vocabulary", ["looking at", "speaks most for"], [.. sentence.Names.Select((name, i) => (IReadOnlyList<string>)[name, string.Join(", ", sentence.Speaks(head, i, Leading))])]),
        ]) { Equation = "QK = (E·W_Q)(E·W_K)ᵀ/√k, OV = (E·W_V·W_O)·Eᵀ. Elhage et al. 2021, \"A mathematical framework for Transformer circuits\"" }).ToList();
        var copies = Enumerable.Range(0, config.Heads).Select(head => (head, Share: sentence.Copies(head))).MaxBy(each => each.Share);
        return new("Circuits", Question,
            $"Tokens of '{read.Translation}', as the decoder's first layer meets them: embeddings alone, without positions, biases and norms. Head {copies.head + 1} copies most: for {DoubleMatrix.Fixed(100 * copies.Share, 0)} % of the tokens, looking at a token speaks more for that token than for the average one.",
            sections);
    }

    /// <summary>The first self-attention of a decoder on the tokens of a sentence.</summary>
    sealed class Head
    {
        readonly TranslationModel model;
        readonly int width;
        readonly double[,] embeddings, vocabulary;
        readonly double[,] query, key, value, output;
        

        public Head(TranslationModel model, TransformerConfig config, Reading read)
        {
            (this.model, width) = (model, config.Width / config.Heads);
            var ids = new List<int>();
            model.Target.Encode(read.Translation, ids);
            vocabulary = Read(config.Tying == Tying.All ? "embedding.weight" : "decoder.embedding.weight");
            List<int> distinct = [.. ids.Distinct()];
            Names = [.. model.Target.Pieces([.. distinct]).Select(piece => piece.Text.Trim())];
            // As the model reads them: √d·E.
            embeddings = DoubleMatrix.Of(distinct.Count, config.Width, (i, c) => Math.Sqrt(config.Width) * vocabulary[distinct[i], c]);
            (query, key, value, output) = (Read("decoder.0.self.query.weight"), Read("decoder.0.self.key.weight"), Read("decoder.0.self.value.weight"), Read("decoder.0.self.output.weight"));
        }

        public IReadOnlyList<string> Names { get; }

        public double[,] QueryKey(int head) => Part(query, head).Times(Part(key, head).Transposed()).Map(score => score / Math.Sqrt(width));

        public double[,] OutputValue(int head)
        {
            var said = Said(head);
            return said.Times(embeddings.Transposed()).Map(logit => logit / Math.Sqrt(embeddings.GetLength(1)));
        }

        /// <summary>The tokens whose logits rise most when token i is looked at.</summary>
        public IEnumerable<string> Speaks(int head, int i, int count)
        {
            var said = Said(head).Row(i);
            return Enumerable.Range(0, vocabulary.GetLength(0)).Select(id => (id, Logit: vocabulary.Row(id).Zip(said, (a, b) => a * b).Sum()))
                .OrderByDescending(each => each.Logit).ThenBy(each => each.id).Take(count).Select(each => $"{model.Target.Pieces([each.id])[0].Text.Trim()} {DoubleMatrix.Fixed(each.Logit, 1)}");
        }

        public double Copies(int head)
        {
            var logits = OutputValue(head);
            return Enumerable.Range(0, Names.Count).Average(i => logits[i, i] > logits.Row(i).Average() ? 1.0 : 0.0);
        }

        // [tokens, d]: (E·W_V)·W_O of one head.
        double[,] Said(int head) => Part(value, head).Times(DoubleMatrix.Of(width, output.GetLength(0), (k, c) => output[c, head * width + k]));

        // [tokens, k]: E·W of one head; weights are stored [out, in].
        double[,] Part(double[,] weight, int head) => embeddings.Times(DoubleMatrix.Of(embeddings.GetLength(1), width, (c, k) => weight[head * width + k, c]));

        double[,] Read(string path)
        {
            var parameter = model.Parameters[path];
            return DoubleMatrix.Of((int)parameter.Shape.Rows, (int)parameter.Shape.Columns, (i, j) => parameter.Value[i * parameter.Shape.Columns + j]);
        }
    }
}

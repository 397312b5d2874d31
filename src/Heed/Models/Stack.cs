using Heed.Attention;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>h = norm(Blockₗ(… Block₁(s·E[x] + P))): the rows of one text, each block looking at its own. Vaswani et al. 2017, Figure 1, one side alone.</summary>
sealed class Stack
{
    readonly StackConfig c;
    readonly Parameter table;
    readonly IPositions positions;
    readonly EncoderBlock[] blocks;
    readonly INorm end;

    /// <summary>Asks for its parameters.</summary>
    public Stack(Scope p, StackConfig c)
    {
        this.c = c;
        table = (p / "embedding").Parameter("weight", [c.Vocabulary, c.Width], Init.Normal(MathF.Sqrt(1f / c.Width)));
        positions = c.Positions.Build(p / "positions", c.Shape);
        blocks = [.. Enumerable.Range(0, c.Layers).Select(i => new EncoderBlock(p / i, c.Block, positions))];
        end = c.StackEnd.Build(p / "end", c.Width);
    }

    /// <summary>E, [v, d].</summary>
    public Parameter Table => table;

    /// <summary>How many blocks there are.</summary>
    public int Layers => blocks.Length;

    /// <param name="pass">the pass that begins here</param>
    /// <param name="text">n ids</param>
    /// <param name="sight">what a row sees of its sequence, now and of earlier calls</param>
    /// <returns>[n, d]</returns>
    public Tensor Forward(Pass pass, Tokens text, Sight sight)
    {
        var x = Ops.Embed(pass, table, text.Ids, c.EmbeddingScale == EmbeddingScale.SquareRoot ? MathF.Sqrt(c.Width) : 1);
        var rows = new Rows(Ops.Dropout(positions.Embed(x, text.Places), c.Dropout.Embedding), text.Segments, text.Places);
        for (var i = 0; i < blocks.Length; i++)
            rows = rows.With(pass.Region((Block: blocks[i], rows, sight, i), static s => s.Block.Forward(s.rows, s.sight.Mask, s.sight.Of(s.i)).Values));
        return end.Forward(rows.Values);
    }
}

/// <summary>What a row sees of its sequence.</summary>
/// <param name="Mask">which rows</param>
/// <param name="Memories">for each block keys and values of earlier calls; null where there were none</param>
readonly record struct Sight(Mask Mask, KeyValues[]? Memories = null)
{
    /// <summary>The memory of block <paramref name="i"/>.</summary>
    public KeyValues Of(int i) => Memories is null ? KeyValues.None : Memories[i];
}

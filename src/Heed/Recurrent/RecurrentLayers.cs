using Heed.Tensors;

namespace Heed.Recurrent;

/// <summary>The shape of a stack of recurrent layers.</summary>
public sealed record RecurrentLayersConfig
{
    /// <summary>The cell of all layers.</summary>
    public Cell Cell { get; init; } = new LstmCell();

    /// <summary>h, units of each layer and direction, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>How many layers, at least 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer reads from both ends, its outputs side by side. Schuster and Paliwal 1997.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether the products have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The share of units dropped between layers in training, at least 0 and below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>How many layers lie side by side.</summary>
    internal int Directions => Bidirectional ? 2 : 1;

    /// <summary>The width of a row that the stack gives.</summary>
    internal int OutputWidth => Directions * Width;
}

/// <summary>h⁽ˡ⁾ = layer(dropout(h⁽ˡ⁻¹⁾)), each layer in one direction or in both, their outputs side by side. Schuster and Paliwal 1997.</summary>
/// <param name="p">where its names stand</param>
/// <param name="c">sizes and kind of cell</param>
/// <param name="from">i, the width of a row it reads</param>
public sealed class RecurrentLayers(Scope p, RecurrentLayersConfig c, int from)
{
    // Layer by layer, the one that reads onward before the one that reads back.
    readonly RecurrentLayer[] layers = [.. Enumerable.Range(0, c.Layers * c.Directions).Select(i => new RecurrentLayer(
        p / (i / c.Directions) / (i % c.Directions == 0 ? "onward" : "back"), c, i < c.Directions ? from : c.OutputWidth, i % c.Directions == 1))];

    /// <param name="x">[n, i]</param>
    /// <param name="initial">for each layer, and in it for each direction, [s, states·h] to begin with; zeros when nothing is said</param>
    /// <returns>outputs of the last layer, and the states of all</returns>
    /// <exception cref="ArgumentException">There are first states, but not one for each layer and direction.</exception>
    public RecurrentStates Forward(Rows x, IReadOnlyList<Tensor>? initial = null)
    {
        if (initial is not null && initial.Count != layers.Length)
            throw new ArgumentException($"There are {initial.Count} first states for {layers.Length} layers and directions.", nameof(initial));
        var states = new Tensor[layers.Length];
        for (var layer = 0; layer < layers.Length; layer += c.Directions)
        {
            if (layer > 0) x = x.With(Ops.Dropout(x.Values, c.Dropout));
            for (var i = layer; i < layer + c.Directions; i++) states[i] = layers[i].Forward(x, initial?[i]);
            x = x.With(c.Bidirectional
                ? Ops.Beside(layers[layer].Output(states[layer]), layers[layer + 1].Output(states[layer + 1]))
                : Output(layers[layer], states[layer]));
        }
        return new(x, states);
    }

    /// <summary>The outputs behind every sequence's last step in the last layer, directions side by side; zeros for a sequence without rows.</summary>
    /// <returns>[s, h], or [s, 2h] in both directions</returns>
    public Tensor Last(RecurrentStates states)
    {
        var (first, segments) = (layers.Length - c.Directions, states.Output.Segments);
        Tensor End(int i) => Ops.Pick(states.States[i], layers[i].LastRows(segments));
        return c.Bidirectional ? Ops.Beside(layers[first].Output(End(first)), layers[first + 1].Output(End(first + 1))) : Output(layers[first], End(first));
    }

    // A state that is nothing but h needs no copy.
    static Tensor Output(RecurrentLayer layer, Tensor states)
        => layer.Output(states) is var range && range.Count == states.Shape.Columns ? states : Ops.Beside(range);
}

/// <summary>What a stack made of its rows.</summary>
/// <param name="Output">[n, h], or [n, 2h] in both directions: outputs of the last layer</param>
/// <param name="States">for each layer, and in it for each direction, [n, states·h]</param>
public readonly record struct RecurrentStates(Rows Output, Tensor[] States);

using Heed.Tensors;

namespace Heed.Recurrent;

/// <summary>sₜ = cell(Wxₜ + b, Usₜ₋₁ + c) along every sequence, in one direction.</summary>
/// <param name="p">where its names stand</param>
/// <param name="c">the stack it is part of</param>
/// <param name="from">i, the width of a row it reads</param>
/// <param name="reversed">whether it reads sequences from their last row to their first</param>
public sealed class RecurrentLayer(Scope p, RecurrentLayersConfig c, int from, bool reversed = false)
{
    readonly Recurrence recurrence = new(
        (p / "input").Parameter("weight", [c.Cell.Gates * (nint)c.Width, from], Init.Xavier()),
        (p / "state").Parameter("weight", [c.Cell.Gates * (nint)c.Width, c.Width], Init.Xavier()),
        c.Bias ? (p / "input").Parameter("bias", [c.Cell.Gates * (nint)c.Width], Init.Zero) : null,
        c.Bias ? (p / "state").Parameter("bias", [c.Cell.Gates * (nint)c.Width], Init.Zero) : null, reversed);

    /// <param name="x">[n, i]</param>
    /// <param name="initial">[s, states·h] a state for each sequence to begin with; zeros when nothing is said</param>
    /// <returns>[n, states·h]</returns>
    public Tensor Forward(Rows x, Tensor? initial = null) => c.Cell.Run(x, recurrence, initial);

    /// <summary>h of every state: what the layer above reads.</summary>
    /// <param name="states">[n, states·h]</param>
    internal ColumnRange Output(Tensor states) => new(states, 0, c.Width);

    /// <summary>For each sequence the row of <see cref="Forward"/> behind its last step; none for one without rows.</summary>
    internal int[] LastRows(Segments segments) => reversed ? segments.FirstRows() : segments.LastRows();
}

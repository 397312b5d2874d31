namespace Heed.Kernels;

/// <summary>A recurrent cell as a type: the equations of one step, unit by unit. Kernels are compiled for each.</summary>
/// <remarks>
/// A row of gates has <see cref="Kept"/> blocks, a row of state <see cref="States"/>, each as wide as the cell. Before a step the first
/// <see cref="Gates"/> blocks of a row of gates hold what the input says; after it the row holds what the backward needs; after that
/// the gradients: by what the input said in the first <see cref="Gates"/> blocks, by what the state said in the same blocks too, save
/// the last gate, for which that is the last block of the row.
/// </remarks>
public interface IRecurrence
{
    /// <summary>How many gates input and state are multiplied into.</summary>
    static abstract int Gates { get; }

    /// <summary>How many blocks a row of state has; the first is the output h.</summary>
    static abstract int States { get; }

    /// <summary>How many blocks a row of gates has.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether a step hands a part of the gradient by h straight to the step before, past the product.</summary>
    static abstract bool HandsOn { get; }

    /// <summary>One step of some units of one sequence.</summary>
    internal static abstract void Step<TExtent>(RecurrentRow row, TExtent extent, nint at) where TExtent : struct, IExtent;

    /// <summary>The gradients of one step of some units of one sequence.</summary>
    internal static abstract void StepBack<TExtent>(RecurrentRowBack row, TExtent extent, nint at) where TExtent : struct, IExtent;

    /// <summary>One step of one unit in double: the equations that the fast form is held against.</summary>
    /// <param name="gates">what the input says; then what the backward needs</param>
    /// <param name="products">what the state says</param>
    /// <param name="state">the state before; then the state after</param>
    static abstract void Step(Span<double> gates, ReadOnlySpan<double> products, Span<double> state);

    /// <summary>The gradients of one step of one unit in double.</summary>
    /// <param name="gates">what the step kept; then its gradients</param>
    /// <param name="before">the state before</param>
    /// <param name="after">the state after</param>
    /// <param name="slopes">the gradient by the state after; then what is handed on to the state before</param>
    static abstract void StepBack(Span<double> gates, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> slopes);
}

/// <summary>Where a step of one sequence reads and writes; blocks are <paramref name="width"/> floats apart.</summary>
readonly unsafe struct RecurrentRow(float* gates, float* products, float* state, float* result, nint width)
{
    /// <summary>What the input says; then what the backward needs.</summary>
    public readonly float* Gates = gates;

    /// <summary>What the state says.</summary>
    public readonly float* Products = products;

    /// <summary>The state, which changes.</summary>
    public readonly float* State = state;

    /// <summary>Where the new state goes as well.</summary>
    public readonly float* Result = result;

    /// <summary>From one block to the next.</summary>
    public readonly nint Width = width;
}

/// <summary>Where the backward of a step of one sequence reads and writes; blocks are <paramref name="width"/> floats apart.</summary>
readonly unsafe struct RecurrentRowBack(float* gates, float* products, float* before, float* after, float* up, float* carry, nint width)
{
    /// <summary>What the step kept; then the gradients.</summary>
    public readonly float* Gates = gates;

    /// <summary>The gradient by what the state said, gate by gate.</summary>
    public readonly float* Products = products;

    /// <summary>The state before the step.</summary>
    public readonly float* Before = before;

    /// <summary>The state after it.</summary>
    public readonly float* After = after;

    /// <summary>What arrives from those who used the state after.</summary>
    public readonly float* Up = up;

    /// <summary>What arrives from the step behind; then what is handed on to the step before.</summary>
    public readonly float* Carry = carry;

    /// <summary>From one block to the next.</summary>
    public readonly nint Width = width;
}

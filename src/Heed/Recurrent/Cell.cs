using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Recurrent;

/// <summary>What a recurrent layer does with a row and the state before it; each kind is its own JSON and runs its own equations.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LstmCell), "lstm")]
[JsonDerivedType(typeof(GruCell), "gru")]
public abstract record Cell
{
    /// <summary>How many gates input and state are multiplied into.</summary>
    [JsonIgnore]
    public abstract int Gates { get; }

    /// <summary>How many parts as wide as the cell a state has; the first is the output h.</summary>
    [JsonIgnore]
    public abstract int States { get; }

    /// <summary>The states after every row.</summary>
    /// <param name="x">[n, i]</param>
    /// <param name="recurrence">the weights and the order of reading</param>
    /// <param name="initial">[s, states·h] a state for each sequence to begin with; zeros when nothing is said</param>
    /// <returns>[n, states·h]</returns>
    public abstract Tensor Run(Rows x, Recurrence recurrence, Tensor? initial = null);
}

/// <summary>
/// i = σ(Wᵢx + Uᵢh₋)  f = σ(W_f x + U_f h₋)  g = tanh(W_g x + U_g h₋)  o = σ(Wₒx + Uₒh₋)  c = f ⊙ c₋ + i ⊙ g  h = o ⊙ tanh c.
/// Hochreiter and Schmidhuber 1997; Gers et al. 2000.
/// </summary>
public sealed record LstmCell : Cell
{
    /// <inheritdoc/>
    public override int Gates => Lstm.Gates;

    /// <inheritdoc/>
    public override int States => Lstm.States;

    /// <inheritdoc/>
    public override Tensor Run(Rows x, Recurrence recurrence, Tensor? initial = null) => Ops.Recur<Lstm>(x, recurrence, initial);
}

/// <summary>
/// r = σ(Wᵣx + Uᵣh₋)  u = σ(W_u x + U_u h₋)  n = tanh(Wₙx + r ⊙ (Uₙh₋ + b))  h = (1 − u) ⊙ n + u ⊙ h₋.
/// Cho et al. 2014; with the reset behind the product, as the libraries have it.
/// </summary>
public sealed record GruCell : Cell
{
    /// <inheritdoc/>
    public override int Gates => Gru.Gates;

    /// <inheritdoc/>
    public override int States => Gru.States;

    /// <inheritdoc/>
    public override Tensor Run(Rows x, Recurrence recurrence, Tensor? initial = null) => Ops.Recur<Gru>(x, recurrence, initial);
}

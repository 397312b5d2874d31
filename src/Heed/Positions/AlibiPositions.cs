using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>score(i, j) = qᵢ·kⱼ·scale − mₕ·|i − j|, a slope mₕ for each head: attention with linear biases. Press, Smith and Lewis 2022.</summary>
/// <remarks>
/// The slopes of 8 heads are ½, ¼, … 1/256; those of other numbers follow the authors' rule. The paper looks back only; in an
/// encoder the same slope counts in both directions, so a row cannot tell before from behind there.
/// </remarks>
public sealed record AlibiPositions : PositionKind
{
    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => new Built(stack.Heads);

    sealed class Built(int heads) : IPositions, IAttentionPositions
    {
        readonly float[] slopes = [.. Enumerable.Range(0, heads).Select(head => AlibiBias.Slope(head, heads))];

        public IAttentionPositions InLayer(Scope p) => this;

        public Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, IMask
        {
            var bias = new AlibiBias(rows.Queries.Pass.From(slopes, [heads]).Data);
            return Ops.Attend(rows.Queries, rows.Keys, rows.Values, rows.Pairs, rows.Options, mask, bias, rows.KeyRows);
        }
    }
}

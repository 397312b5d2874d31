namespace Heed.Training;
/// <summary>temporary</summary>
public sealed record AdamW : Optimizer {
 /// <inheritdoc/>
 public override IReadOnlyList<string> StateNames => [];
 /// <inheritdoc/>
 public override void Step(Heed.Tensors.Backend backend, int step, float rate, in OptimizerMove move) => throw new NotSupportedException();
}

namespace Heed.Training;
/// <summary>temporary</summary>
public sealed record Adam : Optimizer {
 /// <inheritdoc/>
 public override IReadOnlyList<string> StateNames => ["m","v"];
 /// <inheritdoc/>
 public override void Step(Heed.Tensors.Backend backend, int step, float rate, in OptimizerMove move) {
   var m=move.State[0]; var v=move.State[1]; var p=move.Parameters; var g=move.Gradients;
   float b1=.9f,b2=.98f; var c1=1-MathF.Pow(b1,step); var c2=1-MathF.Pow(b2,step);
   for (nint i=0;i<p.Length;i++){ var x=g[i]*move.Scale; m[i]=b1*m[i]+(1-b1)*x; v[i]=b2*v[i]+(1-b2)*x*x; p[i]-=rate*(m[i]/c1)/(MathF.Sqrt(v[i]/c2)+1e-8f);} } }

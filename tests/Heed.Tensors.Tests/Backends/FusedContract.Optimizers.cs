using Heed.Kernels;

namespace Heed.Tensors.Tests;

public abstract partial class FusedContract
{
    [Fact, Covers(nameof(Tensors.Backend.Adam))]
    public void Adam_is_its_reference() => ForEachLength((numbers, n, decoupled) =>
    {
        foreach (var keepsGreatest in (bool[])[false, true])
            Steps(numbers, n, 3, (run, descent, state) => run.Adam(
                descent, state[0], state[1], keepsGreatest ? state[2] : default, new() { Rate = 0.01, WeightDecay = 0.1, Decoupled = decoupled }));
    });

    [Fact, Covers(nameof(Tensors.Backend.Sgd))]
    public void Sgd_is_its_reference() => ForEachLength((numbers, n, nesterov) =>
    {
        Steps(numbers, n, 1, (run, descent, state) => run.Sgd(
            descent, state[0], new() { Rate = 0.1, Momentum = 0.9, Dampening = nesterov ? 0 : 0.3, WeightDecay = 0.1, Nesterov = nesterov }));
        Steps(numbers, n, 0, (run, descent, _) => run.Sgd(descent, default, new() { Rate = 0.1, WeightDecay = 0.1 }));
    });

    [Fact, Covers(nameof(Tensors.Backend.AdaGrad))]
    public void AdaGrad_is_its_reference() => ForEachLength((numbers, n, _) =>
        Steps(numbers, n, 1, (run, descent, state) => run.AdaGrad(descent, state[0], new() { Rate = 0.1, RateDecay = 0.5, WeightDecay = 0.1 })));

    [Fact, Covers(nameof(Tensors.Backend.RmsProp))]
    public void RmsProp_is_its_reference() => ForEachLength((numbers, n, moves) =>
        Steps(numbers, n, 2, (run, descent, state) => run.RmsProp(
            descent, state[0], moves ? state[1] : default, new() { Rate = 0.01, Momentum = moves ? 0.9 : 0, WeightDecay = 0.1 })));

    /// <summary>Three steps from the same place give the same parameters and the same state.</summary>
    void Steps(Numbers numbers, int n, int states, Action<Backend, Descent, Floats[]> step)
    {
        var start = numbers.Draw(n);
        Floats[] gradients = [numbers.Draw(n), numbers.Draw(n), numbers.Draw(n)];
        Agrees(1e-5, run =>
        {
            var parameters = numbers.Copy(start);
            Floats[] state = [.. Enumerable.Range(0, states).Select(_ => numbers.Room(n))];
            foreach (var part in state) part.Clear();
            for (var t = 1; t <= 3; t++) step(run, new(parameters, gradients[t - 1], 0.7f, t), state);
            return [.. parameters.Span, .. state.SelectMany(part => part.Span.ToArray())];
        });
    }
}

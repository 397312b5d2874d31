using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>dL/dx for every tensor x of a pass while the tape runs backward.</summary>
public sealed class Adjoints
{
    readonly Pass pass;
    readonly Gradients? gradients;

    internal Adjoints(Pass pass, Gradients? gradients) => (this.pass, this.gradients) = (pass, gradients);

    /// <summary>The backend to compute with.</summary>
    public Backend Backend => pass.Backend;

    /// <summary>The pass whose tape runs.</summary>
    public Pass Pass => pass;

    /// <summary>dL/dx, complete: every operation that used x has run.</summary>
    public Floats Of(Tensor x) => pass.AdjointOf(x.Slot, x.Shape.Count);

    /// <summary>Where to put dL/dx.</summary>
    /// <param name="x">an operand</param>
    /// <param name="accumulate">true: add to what is there; false: nothing is there yet, overwrite it all</param>
    public Floats Into(Tensor x, out bool accumulate)
    {
        var dx = pass.AdjointInto(x.Slot, x.Shape.Count, out accumulate);
        pass.Watch?.Reaches("the gradient of an operand", x.Shape, dx);
        return dx;
    }

    /// <summary>Where to add dL/dθ, or nothing when nobody wants that gradient, as for a parameter of another set.</summary>
    public Floats? Into(Parameter parameter)
    {
        if (gradients is null || !gradients.Has(parameter)) return null;
        var gradient = gradients.Of(parameter);
        pass.Watch?.Reaches("the gradient of " + parameter.Path, parameter.Shape, gradient);
        return gradient;
    }

    /// <summary>dL/dx (+)= dL/dy for an operand that passes its adjoint through; the result's buffer is handed on instead of copied where possible.</summary>
    public void PassThrough(Tensor from, Tensor to)
    {
        pass.PassAdjoint(from.Slot, to.Slot, to.Shape.Count);
        pass.Watch?.Reaches("the gradient of an operand", to.Shape, Of(to));
    }
}

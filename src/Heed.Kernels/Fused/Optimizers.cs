namespace Heed.Kernels;

/// <summary>One step of an optimizer over flat parameters, all in one pass. Every run is as long as the parameters.</summary>
/// <remarks>
/// The gradient is multiplied by <c>gradientFactor</c> first, so that clipping costs no pass of its own. Steps count from 1.
/// The state begins at zero unless said otherwise.
/// </remarks>
public static unsafe partial class Optimizers
{
    static void Check(Floats parameters, Floats gradients, long step)
    {
        Lengths.Equal(parameters, gradients, nameof(parameters), nameof(gradients));
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
    }
}

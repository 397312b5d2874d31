using Heed.Kernels;

namespace Heed.Models;

/// <summary>α and β of DeepNorm for an encoder of N layers and a decoder of M. Wang et al. 2022, "DeepNet", Figure 2.</summary>
static class DeepNorm
{
    /// <summary>α = 0.81(N⁴M)^(1/16), β = 0.87(N⁴M)^(−1/16).</summary>
    public static (float Residual, float Initial) Encoder(int encoderLayers, int decoderLayers)
    {
        var depth = Functions.Power(Math.Max(encoderLayers, 1), 0.25) * Functions.Power(Math.Max(decoderLayers, 1), 1 / 16.0);
        return ((float)(0.81 * depth), (float)(0.87 / depth));
    }

    /// <summary>α = (3M)^(1/4), β = (12M)^(−1/4).</summary>
    public static (float Residual, float Initial) Decoder(int layers)
        => ((float)Functions.Power(3.0 * Math.Max(layers, 1), 0.25), (float)Functions.Power(12.0 * Math.Max(layers, 1), -0.25));

    /// <summary>α = (2N)^(1/4), β = (8N)^(−1/4), of a stack alone.</summary>
    public static (float Residual, float Initial) Alone(int layers)
        => ((float)Functions.Power(2.0 * Math.Max(layers, 1), 0.25), (float)Functions.Power(8.0 * Math.Max(layers, 1), -0.25));
}

using Heed.Checkpoints;
using Heed.Kernels;

namespace Heed.Translation;

/// <summary>θ = (θ₁ + … + θₖ)/k: the mean of several checkpoints of one run. Vaswani et al. 2017, §6.1.</summary>
public static class Averaging
{
    /// <summary>Loads the mean of some models.</summary>
    /// <param name="folders">models of the same shape; at least one</param>
    public static TranslationModel Load(IReadOnlyList<string> folders)
    {
        if (folders.Count == 0) throw new ArgumentException("There is no checkpoint to average.", nameof(folders));
        var mean = ModelFolder.Load(folders[0]);
        foreach (var parameter in mean.Parameters.Parameters)
        {
            using var other = new FloatMemory(parameter.Shape.Count);
            var sum = new double[parameter.Shape.Count];
            foreach (var folder in folders)
            {
                using var file = SafeTensorsFile.Open(Path.Combine(folder, ModelFolder.WeightsFile));
                file.Read(parameter.Path, other.Floats);
                for (nint i = 0; i < sum.Length; i++) sum[i] += other.Floats[i];
            }
            for (nint i = 0; i < sum.Length; i++) parameter.Value[i] = (float)(sum[i] / folders.Count);
        }
        return mean;
    }
}

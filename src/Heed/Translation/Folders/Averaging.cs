using Heed.Checkpoints;
using Heed.Kernels;

namespace Heed.Translation;

/// <summary>θ = (θ₁ + … + θₖ)/k: the mean of several checkpoints of one run, or of runs that began alike. Vaswani et al. 2017, §6.1.</summary>
public static class Averaging
{
    /// <summary>Loads the mean of some models.</summary>
    /// <param name="folders">models of the same shape and tokenizers; at least one</param>
    /// <exception cref="InvalidDataException">They differ in shape or tokenizers, or one cannot be loaded.</exception>
    public static TrainedModel Load(IReadOnlyList<string> folders)
    {
        if (folders.Count == 0) throw new ArgumentException("There is no checkpoint to average.", nameof(folders));
        foreach (var folder in folders.Skip(1)) CheckAlike(folders[0], folder);
        var mean = ModelFolder.Load<TrainedModel>(folders[0]);
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

    static void CheckAlike(string first, string other)
    {
        if (!ModelFolder.ReadFile(first).IsAlike(ModelFolder.ReadFile(other)))
            throw new InvalidDataException($"The models in '{first}' and '{other}' differ in shape, as their config.json say; average models that were trained by one recipe.");
        IReadOnlyList<string> ours = ModelFolder.TokenizersOf(first), theirs = ModelFolder.TokenizersOf(other);
        if (!ours.Select(Path.GetFileName).SequenceEqual(theirs.Select(Path.GetFileName)) || !ours.Zip(theirs).All(pair => SameBytes(pair.First, pair.Second)))
            throw new InvalidDataException($"The models in '{first}' and '{other}' have different tokenizers, so their parameters stand for different words; average models that share one.");
    }

    static bool SameBytes(string one, string other) => File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}

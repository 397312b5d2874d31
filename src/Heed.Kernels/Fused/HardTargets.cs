namespace Heed.Kernels;

/// <summary>One right class for each row, or none at all where the background says everything.</summary>
readonly unsafe struct HardTargets(int* targets, float* logProbabilities)
{
    public bool Any => targets != null;

    public int this[nint row] => targets[row];

    public void LogProbability(nint row, float value)
    {
        if (logProbabilities != null) logProbabilities[row] = value;
    }
}

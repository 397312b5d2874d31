using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>What a fresh parameter holds: a function of the seed and of the parameter's own path.</summary>
public abstract record Init
{
    /// <summary>All zero.</summary>
    public static Init Zero { get; } = new Constant(0);

    /// <summary>All one.</summary>
    public static Init One { get; } = new Constant(1);

    /// <summary>Gaussian with mean 0.</summary>
    /// <param name="deviation">the standard deviation</param>
    public static Init Normal(float deviation) => new Gaussian(deviation);

    /// <summary>U(−a, a), a = gain·√(6 / (in + out)) for a matrix [out, in]. Glorot and Bengio 2010, eq. 16.</summary>
    public static Init Xavier(float gain = 1) => new Glorot(gain);

    internal void Fill(Parameter parameter, ulong seed) => Fill(parameter, new CounterRandom(seed, HashOf(parameter.Path)));

    private protected abstract void Fill(Parameter parameter, CounterRandom random);

    // FNV-1a (Fowler, Noll, Vo): the same on every machine, unlike string.GetHashCode.
    static ulong HashOf(string path)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in path) hash = (hash ^ c) * 0x100000001B3;
        return hash;
    }

    sealed record Constant(float Value) : Init
    {
        private protected override void Fill(Parameter parameter, CounterRandom random)
        {
            for (nint i = 0; i < parameter.Value.Length; i++) parameter.Value[i] = Value;
        }
    }

    sealed record Gaussian(float Deviation) : Init
    {
        private protected override void Fill(Parameter parameter, CounterRandom random)
        {
            for (nint i = 0; i < parameter.Value.Length; i++) parameter.Value[i] = random.NextNormal() * Deviation;
        }
    }

    sealed record Glorot(float Gain) : Init
    {
        private protected override void Fill(Parameter parameter, CounterRandom random)
        {
            var limit = Gain * MathF.Sqrt(6f / (parameter.Shape.Rows + parameter.Shape.Columns));
            for (nint i = 0; i < parameter.Value.Length; i++) parameter.Value[i] = (2 * random.NextSingle() - 1) * limit;
        }
    }
}

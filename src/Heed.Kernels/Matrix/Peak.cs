using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels;

/// <summary>What the machine can do at best, measured: the limit that a kernel is held against.</summary>
/// <remarks>
/// Machines share cores, change clocks and rest; a fraction of a peak is worth something only when both were measured side by side.
/// </remarks>
public static unsafe partial class Peak
{
    const int Chains = 12, Repetitions = 2_000_000;
    const nint ReadBlock = 1 << 16;

    /// <summary>The widest registers that can multiply and add, in bits: 512, 256, 128, or 32 where there are none.</summary>
    public static int WidestBits
        => Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? 512 : Fma.IsSupported ? 256 : AdvSimd.Arm64.IsSupported ? 128 : 32;

    /// <summary>Fused multiply-adds on registers alone, in 10⁹ floating-point operations a second, all threads together.</summary>
    /// <param name="workers">The threads that compute.</param>
    /// <param name="bits">The registers' width: 512, 256, 128 or 32, at most <see cref="WidestBits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The machine has no such registers.</exception>
    public static double MultiplyAdd(Workers workers, int bits)
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (bits > WidestBits || bits is not (512 or 256 or 128 or 32))
            throw new ArgumentOutOfRangeException(nameof(bits), bits,
                $"Registers of 32, 128, 256 or 512 bits were expected, at most {WidestBits} on this machine.");
        var start = Stopwatch.GetTimestamp();
        workers.Split(workers.Count, 1, new Chain(bits));
        return 2.0 * Chains * Repetitions * workers.Count * (bits / 32) / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    /// <summary>How fast floats arrive that are only looked at, in 10⁹ bytes a second, all threads together.</summary>
    /// <param name="workers">The threads that read.</param>
    /// <param name="data">What is read: much more than the caches hold for memory's speed, less for a cache's.</param>
    /// <param name="times">How often it is read, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is to be read less than once.</exception>
    public static double Read(Workers workers, Floats data, int times)
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++) workers.Split((data.Length + ReadBlock - 1) / ReadBlock, 1, new Reader(data));
        return (double)data.Length * sizeof(float) * times / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    /// <summary>Where results go, so that no compiler finds the work useless.</summary>
    static float sink;

    readonly struct Chain(int bits) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++)
            {
                sink = bits switch
                {
                    512 => Compute<Lanes512, Vector512<float>>(),
                    256 => Compute<Lanes256, Vector256<float>>(),
                    128 => Compute<Lanes128, Vector128<float>>(),
                    _ => Compute<Lanes1, float>(),
                };
            }
        }

        // Twelve chains, more than latency times ports; x ← x/2 + 1/2 stays at one.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static float Compute<TLanes, TVector>() where TLanes : struct, ILanes<TVector> where TVector : struct
        {
            float half = 0.5f, one = 1;
            TVector h = TLanes.Broadcast(&half), x0 = TLanes.Broadcast(&one);
            TVector x1 = x0, x2 = x0, x3 = x0, x4 = x0, x5 = x0, x6 = x0, x7 = x0, x8 = x0, x9 = x0, x10 = x0, x11 = x0;
            for (var i = 0; i < Repetitions; i++)
            {
                x0 = TLanes.MultiplyAdd(x0, h, h);
                x1 = TLanes.MultiplyAdd(x1, h, h);
                x2 = TLanes.MultiplyAdd(x2, h, h);
                x3 = TLanes.MultiplyAdd(x3, h, h);
                x4 = TLanes.MultiplyAdd(x4, h, h);
                x5 = TLanes.MultiplyAdd(x5, h, h);
                x6 = TLanes.MultiplyAdd(x6, h, h);
                x7 = TLanes.MultiplyAdd(x7, h, h);
                x8 = TLanes.MultiplyAdd(x8, h, h);
                x9 = TLanes.MultiplyAdd(x9, h, h);
                x10 = TLanes.MultiplyAdd(x10, h, h);
                x11 = TLanes.MultiplyAdd(x11, h, h);
            }
            x0 = TLanes.MultiplyAdd(x0, x1, TLanes.MultiplyAdd(x2, x3, TLanes.MultiplyAdd(x4, x5, x6)));
            x0 = TLanes.MultiplyAdd(x0, x7, TLanes.MultiplyAdd(x8, x9, TLanes.MultiplyAdd(x10, x11, h)));
            return Unsafe.As<TVector, float>(ref x0);
        }
    }

    readonly struct Reader(Floats data) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(nint start, nint end)
        {
            float* x = data.Start + start * ReadBlock, last = data.Start + Math.Min(end * ReadBlock, data.Length);
            Vector512<float> a = default, b = default, c = default, d = default;
            for (; x <= last - 64; x += 64)
            {
                a += Vector512.Load(x);
                b += Vector512.Load(x + 16);
                c += Vector512.Load(x + 32);
                d += Vector512.Load(x + 48);
            }
            sink = Vector512.Sum(a + b + (c + d));
        }
    }
}

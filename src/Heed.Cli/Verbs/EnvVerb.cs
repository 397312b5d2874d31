using System.CommandLine;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Kernels;

namespace Heed.Cli.Verbs;

/// <summary><c>heed env</c></summary>
sealed class EnvVerb : Verb
{
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EnvVerb(Terminal terminal) : base(terminal, "env", "Show versions, processor, vector width, threads and memory.")
    {
        Examples = ["heed env", "heed env --json"];
        Details = "What to send along with a report. The same recipe gives the same bits on all of these.";
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var facts = Facts();
        if (given.GetValue(json))
        {
            var node = new JsonObject();
            foreach (var (name, value) in facts) node[name] = value;
            Terminal.WriteJson(node);
            return ExitCode.Ok;
        }
        var style = Style.OfOutput(Terminal);
        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts) Terminal.Output.WriteLine($"{style.Dim(name.PadRight(width))}  {value}");
        return ExitCode.Ok;
    }

    static IReadOnlyList<(string Name, string Value)> Facts()
    {
        var memory = GC.GetGCMemoryInfo();
        return
        [
            ("heed", Version()),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"),
            ("processor", Processor()),
            ("threads", $"{Environment.ProcessorCount}"),
            ("vectors in use", $"{Peak.WidestBits} bits"),
            ("instruction sets", InstructionSets()),
            ("memory", $"{Human.Bytes(memory.TotalAvailableMemoryBytes)} available to this process"),
            ("garbage collector", $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}"),
        ];
    }

    static string Version() => typeof(EnvVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    static string Processor()
    {
        const string Cpus = "/proc/cpuinfo", Key = "model name";
        var line = File.Exists(Cpus) ? File.ReadLines(Cpus).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    static string InstructionSets()
    {
        (string Name, bool Has)[] sets =
        [
            ("SSE4.2", Sse42.IsSupported), ("AVX", Avx.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported), ("AVX-512BW", Avx512BW.IsSupported), ("AVX-512VBMI2", Avx512Vbmi2.IsSupported), ("AVX-VNNI", AvxVnni.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported),
        ];
        var present = sets.Where(set => set.Has).Select(set => set.Name).ToList();
        return present.Count == 0 ? (Vector128.IsHardwareAccelerated ? "128-bit vectors" : "none") : string.Join(' ', present);
    }
}

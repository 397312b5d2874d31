using System.Runtime.InteropServices;

namespace Heed.Packages.Tests;

/// <summary>The SDK's compiler, called for a single file: without restore and build around it, which take five times as long.</summary>
static class Compiler
{
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles a program against what these tests run on.</summary>
    /// <param name="source">the file</param>
    /// <param name="folder">where the program goes, with what it needs</param>
    /// <returns>the program, for <c>dotnet</c></returns>
    public static async Task<string> Compile(string source, string folder)
    {
        var program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source) + ".dll");
        var usings = Path.Combine(folder, "Usings.cs");
        await File.WriteAllTextAsync(usings, ImplicitUsings);
        string[] known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        await Ran.Well(folder, "", ["dotnet", await Csc(), "-nologo", "-noconfig", "-nostdlib", "-langversion:14", "-nullable:enable", "-warnaserror", "-features:FileBasedProgram",
            "-out:" + program, .. known.Select(file => "-r:" + file), source, usings]);
        foreach (var library in Directory.EnumerateFiles(AppContext.BaseDirectory, "Heed*.dll")) File.Copy(library, Path.Combine(folder, Path.GetFileName(library)), overwrite: true);
        await File.WriteAllTextAsync(Path.ChangeExtension(program, ".runtimeconfig.json"),
            """{"runtimeOptions": {"tfm": "net10.0", "framework": {"name": "Microsoft.NETCore.App", "version": "V"}}}""".Replace("\"V\"", $"\"{Environment.Version.ToString(3)}\"", StringComparison.Ordinal));
        return program;
    }

    // That of the SDK which the checkout asks for.
    static async Task<string> Csc()
    {
        var version = (await Ran.Well(Checkout.Root, "", "dotnet", "--version")).Output.Trim();
        var home = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(home, "sdk", version, "Roslyn", "bincore", "csc.dll");
    }
}

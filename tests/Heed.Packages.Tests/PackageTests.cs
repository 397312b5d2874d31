using System.IO.Compression;
using System.Xml.Linq;
using Heed.Samples;

namespace Heed.Packages.Tests;

/// <summary>What a user who never sees the checkout gets: packages that a project of his restores, and the command as a tool.</summary>
public sealed class PackageTests : IDisposable
{
    static readonly string[] projects = ["Heed.Kernels", "Heed.Text", "Heed.Tensors", "Heed", "Heed.Cli"];

    static string Version { get; } = typeof(Heed.Translation.Translator).Assembly.GetName().Version!.ToString(3);

    readonly string folder = Directory.CreateTempSubdirectory("heed-packages-").FullName;

    string this[params string[] parts] => Path.Combine([folder, .. parts]);

    [Fact]
    public async Task Packages_hold_what_they_should_and_a_stranger_s_project_translates_with_them()
    {
        await Pack();
        foreach (var project in projects) Inspect(project);
        // No other source than the folder: what a package needs must be in it, or be another of these.
        File.WriteAllText(this["nuget.config"], """<configuration><packageSources><clear /><add key="feed" value="feed" /></packageSources></configuration>""");
        var model = TinyModel.Train();
        await BuildAndRun(model);
        await InstallAndRun(model);
    }

    // What 'dotnet pack' does for each project, all in one process.
    async Task Pack()
    {
        var files = string.Join(';', projects.Select(project => Checkout.Path("src", project, project + ".csproj")));
        File.WriteAllText(this["pack.proj"], $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{files}" Targets="Pack" Properties="NoBuild=true;Configuration={Checkout.Configuration};PackageOutputPath={this["feed"]}" />
              </Target>
            </Project>
            """);
        await Ran.Well(folder, "", "dotnet", "msbuild", this["pack.proj"], "-t:Pack", "-v:q");
    }

    void Inspect(string project)
    {
        using var package = ZipFile.OpenRead(this["feed", $"{project}.{Version}.nupkg"]);
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        var isTool = project == "Heed.Cli";
        var home = isTool ? "tools/net10.0/any/" : "lib/net10.0/";
        string[] expected = isTool ? ["Heed.Cli.dll", "Heed.dll", "System.CommandLine.dll"] : [$"{project}.dll", $"{project}.xml"];
        Assert.All([.. expected.Select(name => home + name), "README.md"], name => Assert.Contains(name, names));
        using var symbols = ZipFile.OpenRead(this["feed", $"{project}.{Version}.snupkg"]);
        Assert.Contains($"{home}{project}.pdb", symbols.Entries.Select(entry => entry.FullName));
        using var stream = package.GetEntry(project + ".nuspec")!.Open();
        var about = XElement.Load(stream).Elements().Single();
        string Of(string name) => about.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal((project, Version, "MIT", "README.md"), (Of("id"), Of("version"), Of("license"), Of("readme")));
        Assert.True(Of("description").Length > 40 && Of("tags").Contains("transformer", StringComparison.Ordinal), project);
        var needed = about.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).Order();
        Assert.Equal(project switch { "Heed" => ["Heed.Tensors", "Heed.Text"], "Heed.Tensors" => ["Heed.Kernels"], _ => Array.Empty<string>() }, needed);
    }

    async Task BuildAndRun(string model)
    {
        Directory.CreateDirectory(this["stranger"]);
        File.WriteAllText(this["stranger", "Stranger.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Heed" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(this["stranger", "Program.cs"], """
            using Heed.Text;
            using Heed.Translation;

            using var translator = Translator.Load(args[0]);
            var translations = translator.Translate(["the cat sees a house"]);
            Console.WriteLine(translations[0]);
            Console.WriteLine(Score.Bleu(translations, ["le chat voit une maison"]));
            """);
        await Ran.Well(folder, "", "dotnet", "build", this["stranger"], "-c", "Release", "-v", "q");
        var ran = await Ran.Well(folder, "", "dotnet", this["stranger", "bin", "Release", "net10.0", "Stranger.dll"], model);
        Assert.StartsWith("le chat voit une maison\nBLEU = 100.00 ", ran.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    async Task InstallAndRun(string model)
    {
        await Ran.Well(folder, "", "dotnet", "tool", "install", "Heed.Cli", "--tool-path", this["tools"], "--configfile", this["nuget.config"]);
        var heed = this["tools", OperatingSystem.IsWindows() ? "heed.exe" : "heed"];
        Assert.StartsWith(Version, (await Ran.Well(folder, "", heed, "--version")).Output, StringComparison.Ordinal);
        Assert.Equal("un chien veut la mer\n", (await Ran.Well(folder, "a dog wants the sea\n", heed, "translate", model)).Output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

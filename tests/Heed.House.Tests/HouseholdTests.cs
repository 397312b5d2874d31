using System.Reflection;
using System.Text.RegularExpressions;

namespace Heed.House.Tests;

/// <summary>Habits that a reader relies on.</summary>
public sealed partial class HouseholdTests
{
    [Fact]
    public void Every_concrete_op_says_what_its_gradient_is_above_backward()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "Heed.Tensors", "Ops"), "*.cs"))
        {
            var lines = File.ReadAllLines(file);
            for (var i = 1; i < lines.Length; i++)
                if (lines[i].Contains("override void Backward(Adjoints", StringComparison.Ordinal))
                    Assert.True(lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal), $"{Path.GetFileName(file)}, line {i + 1}: no formula above Backward.");
        }
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Path("README.md"));
        var broken = from document in documents
                     from Match link in Link().Matches(File.ReadAllText(document))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                     let path = Path.Combine(Path.GetDirectoryName(document)!, target)
                     where !File.Exists(path) && !Directory.Exists(path)
                     select $"{Path.GetFileName(document)}: {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_lists_every_project_and_top_folder()
    {
        var readme = File.ReadAllText(Repository.Path("README.md"));
        var missing = Directory.EnumerateDirectories(Repository.Path("src")).Concat(Directory.EnumerateDirectories(Repository.Path("tests")))
            .Select(folder => Path.GetFileName(folder)!).Where(name => name.StartsWith("Heed", StringComparison.Ordinal) && !readme.Contains(name, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Nothing_is_left_to_do_in_the_sources()
    {
        var marks = new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception" };
        var left = from folder in new[] { "src", "tests", "samples", "bench" }
                   where Directory.Exists(Repository.Path(folder))
                   from file in Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
                   where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                   let text = File.ReadAllText(file)
                   from mark in marks
                   where text.Contains(mark, StringComparison.Ordinal)
                   select $"{Path.GetRelativePath(Repository.Root, file)}: {mark}";
        Assert.Empty(left);
    }

    [Fact]
    public void Models_and_layers_keep_nothing_of_a_pass()
    {
        var transient = new[] { typeof(Tensors.Pass), typeof(Tensors.Tensor), typeof(Tensors.Workspace), typeof(Tensors.Rows) };
        var kept = from type in Assemblies.Heed.GetTypes()
                   where type.Namespace is "Heed.Layers" or "Heed.Attention" or "Heed.Models" or "Heed.Positions" && !type.IsValueType
                   where !type.Name.Contains('<', StringComparison.Ordinal)
                   from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                   where transient.Contains(field.FieldType)
                   select $"{type.Name}.{field.Name}";
        Assert.Empty(kept);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}

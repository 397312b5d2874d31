using System.Reflection;
using System.Text;

namespace Heed.House.Tests;

/// <summary>The public face of each library is a text file under review. HEED_APPROVE=1 writes the files anew.</summary>
public sealed class PublicApiTests
{
    const BindingFlags Visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("Heed.Kernels")]
    [InlineData("Heed.Text")]
    [InlineData("Heed.Tensors")]
    [InlineData("Heed")]
    public void The_public_api_is_the_reviewed_one(string library)
    {
        var path = Repository.Path("tests", "Heed.House.Tests", "PublicApi", library + ".txt");
        var found = Describe(Assemblies.Libraries.Single(assembly => assembly.GetName().Name == library));
        if (Environment.GetEnvironmentVariable("HEED_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, found);
        }
        var reviewed = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] before = reviewed.Split('\n'), after = found.Split('\n');
        var changes = before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)).ToList();
        Assert.True(changes.Count == 0, $"The public API of {library} changed. If that is meant, run the tests once with HEED_APPROVE=1 and review the file.\n{string.Join("\n", changes)}");
    }

    static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(NameOf(type)).Append('\n');
            foreach (var line in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    static IEnumerable<string> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Visible).Where(IsSeen)) yield return $"new({Parameters(constructor)})";
        foreach (var field in type.GetFields(Visible).Where(field => field.IsPublic && !field.IsSpecialName)) yield return $"field {field.Name}: {NameOf(field.FieldType)}";
        foreach (var property in type.GetProperties(Visible).Where(property => property.GetMethod is { } get && IsSeen(get)))
            yield return $"{property.Name}: {NameOf(property.PropertyType)}";
        foreach (var method in type.GetMethods(Visible).Where(method => IsSeen(method) && !method.Name.Contains('<', StringComparison.Ordinal)))
            if (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
                yield return $"{(method.IsStatic ? "static " : "")}{method.Name}{Generics(method)}({Parameters(method)}): {NameOf(method.ReturnType)}";
    }

    static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract ? type.IsSealed ? "static class" : "abstract class" : "class";

    static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"));

    static string NameOf(Type type)
    {
        if (type.IsByRef) return "ref " + NameOf(type.GetElementType()!);
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter) return type.Name;
        var name = type.Namespace?.StartsWith("Heed", StringComparison.Ordinal) == true ? type.FullName ?? type.Name : type.Name;
        if (type.IsNested && !name.Contains('+', StringComparison.Ordinal)) name = NameOf(type.DeclaringType!) + "+" + type.Name;
        var mark = name.IndexOf('`', StringComparison.Ordinal);
        return mark < 0 ? name : $"{name[..mark]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }
}

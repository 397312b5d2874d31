namespace Heed.House.Tests;

/// <summary>docs/floors.md is the rule: a room uses what its row allows and nothing else.</summary>
public sealed class FloorsTests
{
    static readonly Dictionary<string, string[]> allowed = ReadTable();

    [Fact]
    public void A_room_uses_only_what_the_floors_table_allows()
    {
        var breaches = (from assembly in Assemblies.Libraries
                        from type in assembly.GetTypes()
                        let room = RoomOf(type)
                        where room is not null
                        from used in References.TypesUsedBy(type)
                        let other = RoomOf(used)
                        where other is not null && other != room && !allowed[room].Contains(other)
                        select $"{type.FullName} ({room}) uses {used.FullName} ({other})").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(breaches.Count == 0, "docs/floors.md does not allow:\n" + string.Join("\n", breaches));
    }

    [Fact]
    public void Every_namespace_of_the_libraries_is_a_room_of_the_table()
    {
        var strange = Assemblies.Libraries.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Heed", StringComparison.Ordinal) == true && RoomOf(type) is null)
            .Select(type => type.Namespace).Distinct().ToList();
        Assert.True(strange.Count == 0, "Not in docs/floors.md: " + string.Join(", ", strange));
    }

    [Fact]
    public void The_reader_of_instructions_sees_what_a_method_calls()
        => Assert.Contains(typeof(Tensors.Ops), References.TypesUsedBy(typeof(Layers.Linear)));

    static string? RoomOf(Type type)
    {
        for (var name = type.Namespace; !string.IsNullOrEmpty(name); name = name.Contains('.') ? name[..name.LastIndexOf('.')] : null)
            if (allowed.ContainsKey(name)) return name;
        return null;
    }

    static Dictionary<string, string[]> ReadTable()
    {
        var rows = File.ReadLines(Repository.Path("docs", "floors.md"))
            .Where(line => line.StartsWith('|') && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        return rows.ToDictionary(cells => cells[2], cells => cells[3] == "everything below"
            ? [.. rows.Select(row => row[2])]
            : cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}

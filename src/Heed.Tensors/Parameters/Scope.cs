namespace Heed.Tensors;

/// <summary>A place in the tree of names: <c>p / "query"</c> goes down, <see cref="Parameter"/> asks for a table there.</summary>
public sealed class Scope
{
    readonly ParameterSet set;

    internal Scope(ParameterSet set, string path) => (this.set, Path) = (set, path);

    /// <summary>The names from the root to here, joined by dots; empty at the root.</summary>
    public string Path { get; }

    /// <summary>The place called <paramref name="name"/> below <paramref name="parent"/>.</summary>
    public static Scope operator /(Scope parent, string name) => parent.Divide(name);

    /// <summary>The place with this number below <paramref name="parent"/>.</summary>
    public static Scope operator /(Scope parent, int number) => parent.Divide(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The place called <paramref name="name"/> below this one.</summary>
    public Scope Divide(string name) => new(set, Join(name));

    /// <summary>Asks for a table. Its values come later, when the whole set is initialised or loaded.</summary>
    /// <exception cref="InvalidOperationException">The name is already taken.</exception>
    public Parameter Parameter(string name, Shape shape, Init init) => set.Add(Join(name), shape, init);

    string Join(string name) => Path.Length == 0 ? name : Path + "." + name;
}

using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>Tables by name in memory, filled with one number each.</summary>
sealed class TableSource(params (string Name, Shape Shape, float Value)[] tables) : IParameterSource
{
    public string Description => "model.safetensors";

    public IReadOnlyCollection<string> Names => [.. tables.Select(table => table.Name)];

    public Shape ShapeOf(string name) => tables.Single(table => table.Name == name).Shape;

    public void Read(string name, Floats target) => target.Span.Fill(tables.Single(table => table.Name == name).Value);
}

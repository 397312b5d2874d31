namespace Heed.Tensors.Tests;

/// <summary>A backend and a workspace for tests of passes.</summary>
public abstract class OnePass : IDisposable
{
    readonly CpuBackend backend = new(1);

    protected OnePass() => Workspace = new Workspace(backend);

    protected Workspace Workspace { get; }

    protected static Tensor Numbers(Pass pass, Shape shape) => pass.From([.. Enumerable.Range(1, (int)shape.Count).Select(i => (float)i)], shape);

    public void Dispose()
    {
        Workspace.Dispose();
        backend.Dispose();
        GC.SuppressFinalize(this);
    }
}

namespace Heed.Tensors;

/// <summary>One operation on the tape: what its forward left behind for the gradient.</summary>
/// <remarks>The only extension point of the tape. Above every <see cref="Backward"/> stands the gradient's formula.</remarks>
public abstract class Op
{
    /// <summary>Remembers the result whose adjoint <see cref="Backward"/> starts from.</summary>
    protected Op(Tensor result) => Result = result;

    /// <summary>What the forward made.</summary>
    public Tensor Result { get; }

    /// <summary>The operation's name: that of the method that computes it.</summary>
    internal string Name
    {
        get
        {
            var name = GetType().Name.Split('`')[0];
            return name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : name;
        }
    }

    /// <summary>Adds this operation's share to the adjoints of its operands.</summary>
    public abstract void Backward(Adjoints d);
}

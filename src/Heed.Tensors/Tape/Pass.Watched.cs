using System.Runtime.CompilerServices;

namespace Heed.Tensors;

public sealed partial class Pass
{
    // Nothing unless the workspace is watched: then a null check an operation is all there is.
    internal FiniteWatch? Watch { get; }

    /// <summary>Hands on the result of an operation, past whoever watches for numbers that are not finite or for time.</summary>
    /// <param name="result">what it computed</param>
    /// <param name="at">the parameter that says where in the model it stands, or nothing</param>
    /// <param name="after">what it read, where no parameter says that</param>
    /// <param name="operation">its name; the calling method's</param>
    /// <exception cref="NotFiniteNumberException">The workspace is watched and the result is not finite.</exception>
    public Tensor Made(Tensor result, Parameter? at = null, Tensor after = default, [CallerMemberName] string operation = "")
    {
        Watch?.Forward(result, (operation, null, after), at);
        workspace.Report?.Forward(operation, result);
        return result;
    }

    /// <summary>Hands on the result of an operation that knows its place in the model by name.</summary>
    /// <inheritdoc cref="Made(Tensor, Parameter?, Tensor, string)"/>
    /// <param name="result">what it computed</param>
    /// <param name="path">where in the model it stands</param>
    /// <param name="at">a parameter that it read, or nothing</param>
    /// <param name="operation">its name; the calling method's</param>
    public Tensor Made(Tensor result, string path, Parameter? at = null, [CallerMemberName] string operation = "")
    {
        Watch?.Forward(result, (operation, path, default), at);
        workspace.Report?.Forward(operation, result);
        return result;
    }
}

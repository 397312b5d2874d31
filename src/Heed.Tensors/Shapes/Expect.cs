namespace Heed.Tensors;

/// <summary>Checks shapes by letters at public doors: the same letter is the same size, across all operands of one call.</summary>
/// <example><code>Expect.Axes("n d", x, nameof(x)).And("o d", weight.Shape, nameof(weight));</code></example>
public static class Expect
{
    /// <summary>Begins a check with one operand.</summary>
    /// <param name="letters">one letter an axis, separated by spaces, outermost first</param>
    /// <param name="shape">the operand's shape</param>
    /// <param name="name">the operand's name, for the message</param>
    public static Axes Axes(string letters, Shape shape, string name) => new Axes().And(letters, shape, name);
}

/// <summary>The sizes that letters have been bound to so far.</summary>
public struct Axes
{
    const int Letters = 26;

    [System.Runtime.CompilerServices.InlineArray(Letters)]
    struct Bound
    {
        long size;      // size + 1, so that zero means not bound; the operand that bound it in the upper bits is not kept: the message names the one at fault
    }

    Bound bound;
    string firstName;
    Shape firstShape;

    /// <summary>Checks one more operand.</summary>
    /// <exception cref="ArgumentException">The number of axes differs, or a letter already has another size.</exception>
    public Axes And(string letters, Shape shape, string name)
    {
        var axes = (letters.Length + 1) / 2;
        if (axes != shape.Rank)
            throw new ArgumentException($"{name} has shape {shape}, but {axes} axes are expected: [{letters.Replace(" ", ", ", StringComparison.Ordinal)}].", name);
        for (var axis = 0; axis < axes; axis++)
        {
            ref var size = ref bound[letters[2 * axis] - 'a'];
            if (size == 0) size = shape[axis] + 1;
            else if (size != shape[axis] + 1)
                throw new ArgumentException($"axis '{letters[2 * axis]}' is {size - 1} in {firstName ?? name} {(firstName is null ? shape : firstShape)} but {shape[axis]} in {name} {shape}.", name);
        }
        if (firstName is null) (firstName, firstShape) = (name, shape);
        return this;
    }
}

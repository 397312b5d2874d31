using System.Runtime.CompilerServices;

namespace Heed.Tensors;

/// <summary>Checks shapes by letters at public doors: the same letter is the same size, across all operands of one call.</summary>
/// <example><code>Expect.Axes("n d", x.Shape, nameof(x)).And("o d", weight.Shape, weight.Path);</code></example>
public static class Expect
{
    /// <summary>Begins a check with one operand.</summary>
    /// <param name="letters">one letter an axis, separated by spaces, outermost first</param>
    /// <param name="shape">the operand's shape</param>
    /// <param name="name">the operand's name, for the message</param>
    /// <exception cref="ArgumentException">The number of axes differs, or a letter that stands twice has two sizes.</exception>
    public static Axes Axes(string letters, Shape shape, string name) => new Axes().And(letters, shape, name);
}

/// <summary>The operands of one call so far, at most six: the first that has a letter binds its size.</summary>
public struct Axes
{
    const int MostOperands = 6;

    Operands operands;
    int count;

    /// <summary>Checks one more operand.</summary>
    /// <param name="letters">one letter an axis, separated by spaces, outermost first</param>
    /// <param name="shape">the operand's shape</param>
    /// <param name="name">the operand's name, for the message</param>
    /// <exception cref="ArgumentException">The number of axes differs, or a letter already has another size.</exception>
    public Axes And(string letters, Shape shape, string name)
    {
        var rank = (letters.Length + 1) / 2;
        if (rank != shape.Rank)
            throw new ArgumentException(
                $"{name} has shape {shape}, but {rank} axes are expected: [{letters.Replace(" ", ", ", StringComparison.Ordinal)}].", name);
        operands[count++] = new Operand(letters, shape, name);
        for (var axis = 0; axis < rank; axis++) Check(letters[2 * axis], shape[axis], name, shape);
        return this;
    }

    readonly void Check(char letter, nint size, string name, Shape shape)
    {
        for (var i = 0; i < count; i++)
        {
            var place = operands[i].Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place < 0) continue;
            var (bound, by) = (operands[i].Shape[place / 2], operands[i]);
            if (bound != size) throw new ArgumentException($"axis '{letter}' is {bound} in {by.Name} {by.Shape} but {size} in {name} {shape}.", name);
            return;
        }
    }

    readonly record struct Operand(string Letters, Shape Shape, string Name);

    // In place rather than in an array, so that a check that succeeds allocates nothing.
    [InlineArray(MostOperands)]
    struct Operands
    {
        Operand first;
    }
}

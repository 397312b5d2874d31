using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>How a left factor's elements lie, known to the compiler, so that all but a pointer or two of their addresses is part of the instructions.</summary>
unsafe interface ILeftOrder
{
    /// <summary>Whether its rows lie side by side, a float apart; otherwise a row's k may.</summary>
    static abstract bool RowsTogether { get; }

    /// <summary>Where a(row, k) stands.</summary>
    /// <param name="first">a(0, 0).</param>
    /// <param name="near">The first element of the last row up to this one whose number three divides.</param>
    /// <param name="gap">From there to this row.</param>
    /// <param name="row">Which row, a constant.</param>
    /// <param name="k">How many k on, a constant.</param>
    static abstract float* At(float* first, float* near, nint gap, nint row, nint k);
}

/// <summary>Rows anywhere; a few k a turn where those of a row lie side by side.</summary>
readonly unsafe struct ByRows : ILeftOrder
{
    public static bool RowsTogether => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* At(float* first, float* near, nint gap, nint row, nint k) => near + gap + k;
}

/// <summary>Rows side by side, k anywhere: the transposed factor of a gradient.</summary>
readonly unsafe struct ByColumns : ILeftOrder
{
    public static bool RowsTogether => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* At(float* first, float* near, nint gap, nint row, nint k) => first + row;
}

/// <summary>How a right factor's elements lie, known to the compiler.</summary>
interface IRightOrder
{
    /// <summary>Whether it is a panel: from one k to the next as many floats as a full tile has columns.</summary>
    static abstract bool IsPacked { get; }
}

/// <summary>A panel, whose distances are constants.</summary>
readonly struct Packed : IRightOrder
{
    public static bool IsPacked => true;
}

/// <summary>A matrix where it is.</summary>
readonly struct Anywhere : IRightOrder
{
    public static bool IsPacked => false;
}

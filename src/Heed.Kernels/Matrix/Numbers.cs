namespace Heed.Kernels;

/// <summary>A number the compiler knows, so that code for what lies beyond it disappears.</summary>
interface INumber
{
    static abstract int Value { get; }
}

readonly struct N1 : INumber { public static int Value => 1; }
readonly struct N2 : INumber { public static int Value => 2; }
readonly struct N3 : INumber { public static int Value => 3; }
readonly struct N4 : INumber { public static int Value => 4; }
readonly struct N5 : INumber { public static int Value => 5; }
readonly struct N6 : INumber { public static int Value => 6; }
readonly struct N7 : INumber { public static int Value => 7; }
readonly struct N8 : INumber { public static int Value => 8; }
readonly struct N9 : INumber { public static int Value => 9; }
readonly struct N10 : INumber { public static int Value => 10; }
readonly struct N11 : INumber { public static int Value => 11; }
readonly struct N12 : INumber { public static int Value => 12; }

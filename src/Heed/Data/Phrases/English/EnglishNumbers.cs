namespace Heed.Data.Phrases;

/// <summary>English numbers in words: twenty-one, two hundred and five.</summary>
internal static class EnglishNumbers
{
    static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <param name="value">1 to 9999.</param>
    public static string Cardinal(int value) => value switch
    {
        < 1 or > 9999 => throw new ArgumentOutOfRangeException(nameof(value), value, "Numbers in words go from 1 to 9999."),
        < 20 => Small[value],
        < 100 => value % 10 == 0 ? Tens[value / 10] : $"{Tens[value / 10]}-{Small[value % 10]}",
        < 1000 => Joined(Small[value / 100] + " hundred", value % 100),
        _ => Joined(Cardinal(value / 1000) + " thousand", value % 1000),
    };

    /// <param name="value">1 to 10.</param>
    public static string Ordinal(int value) => Ordinals[value - 1];

    static string Joined(string head, int rest) =>
        rest switch { 0 => head, < 100 => $"{head} and {Cardinal(rest)}", _ => $"{head} {Cardinal(rest)}" };
}

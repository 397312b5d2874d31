namespace Heed.Data.Phrases;

/// <summary>French numbers in words, in the traditional spelling: vingt et un, soixante et onze, quatre-vingts, deux cents.</summary>
internal static class FrenchNumbers
{
    static readonly string[] Small =
    [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze",
        "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];

    static readonly string[] Tens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

    static readonly string[] Ordinals =
        ["premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième"];

    /// <param name="value">1 to 9999.</param>
    /// <param name="gender">Of what is counted: vingt et un chats, vingt et une maisons.</param>
    public static string Cardinal(int value, Gender gender) => value switch
    {
        < 1 or > 9999 => throw new ArgumentOutOfRangeException(nameof(value), value, "Numbers in words go from 1 to 9999."),
        < 100 => BelowHundred(value, gender),
        < 1000 => Hundreds(value / 100, value % 100, gender),
        _ => (value < 2000 ? "mille" : Small[value / 1000] + " mille") + (value % 1000 == 0 ? "" : " " + Cardinal(value % 1000, gender)),
    };

    /// <param name="value">1 to 10.</param>
    /// <param name="gender">Of what is ordered: premier, première.</param>
    public static string Ordinal(int value, Gender gender) => value == 1 && gender == Gender.Feminine ? "première" : Ordinals[value - 1];

    static string Hundreds(int hundreds, int rest, Gender gender)
    {
        var head = hundreds == 1 ? "cent" : Small[hundreds] + " cent";
        return rest > 0 ? $"{head} {BelowHundred(rest, gender)}" : hundreds > 1 ? head + "s" : head;
    }

    static string BelowHundred(int value, Gender gender)
    {
        if (value < 20)
            return Unit(value, gender);
        var ten = value / 10;
        var rest = value - (ten is 7 or 9 ? ten - 1 : ten) * 10;        // seventy is sixty and ten, ninety is four score and ten
        return rest switch
        {
            0 => ten == 8 ? "quatre-vingts" : Tens[ten],
            1 or 11 when ten < 8 => $"{Tens[ten]} et {Unit(rest, gender)}",
            _ => $"{Tens[ten]}-{Unit(rest, gender)}",
        };
    }

    static string Unit(int value, Gender gender) => value == 1 && gender == Gender.Feminine ? "une" : Small[value];
}

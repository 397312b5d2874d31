namespace Heed.Text;

/// <summary>
/// Left-to-right substitutions over code points that put spaces between words, as the reference scripts of BLEU and TER write them.
/// </summary>
sealed class CodeCuts
{
    List<int> result = [];

    /// <summary>The code points being cut.</summary>
    public List<int> Codes { get; private set; } = [];

    /// <summary>Begins with the code points of <paramref name="text"/>.</summary>
    public void Read(string text) => ScoreText.Read(text, Codes);

    /// <summary><c>(x)</c> becomes <c> x </c>.</summary>
    public void Separate(Func<int, bool> alone)
    {
        result.Clear();
        foreach (var code in Codes)
        {
            if (alone(code)) Append(' ', code, ' ');
            else result.Add(code);
        }
        (Codes, result) = (result, Codes);
    }

    /// <summary><c>(x)(y)</c> becomes <c>x y </c>, from left to right, no character in two matches.</summary>
    public void SplitAfter(Func<int, bool> first, Func<int, bool> second)
    {
        result.Clear();
        for (var i = 0; i < Codes.Count; i++)
        {
            result.Add(Codes[i]);
            if (i + 1 < Codes.Count && first(Codes[i]) && second(Codes[i + 1])) Append(' ', Codes[++i], ' ');
        }
        (Codes, result) = (result, Codes);
    }

    /// <summary><c>(x)(y)</c> becomes <c> x y</c>, from left to right, no character in two matches.</summary>
    public void SplitBefore(Func<int, bool> first, Func<int, bool> second)
    {
        result.Clear();
        for (var i = 0; i < Codes.Count; i++)
        {
            if (i + 1 < Codes.Count && first(Codes[i]) && second(Codes[i + 1]))
            {
                Append(' ', Codes[i], ' ');
                i++;
            }
            result.Add(Codes[i]);
        }
        (Codes, result) = (result, Codes);
    }

    /// <summary>Full stop and comma stand alone unless between digits, and a dash after a digit.</summary>
    public void SplitStops()
    {
        SplitAfter(static code => !IsDigit(code), IsStop);
        SplitBefore(IsStop, static code => !IsDigit(code));
        SplitAfter(IsDigit, static code => code == '-');
    }

    /// <summary>Signs that stand alone in Western text.</summary>
    public static bool IsSign(int code)
        => code is (>= '{' and <= '~') or (>= '[' and <= '`') or (>= ' ' and <= '&') or (>= '(' and <= '+') or (>= ':' and <= '@') or '/';

    static bool IsDigit(int code) => code is >= '0' and <= '9';

    static bool IsStop(int code) => code is '.' or ',';

    void Append(int a, int b, int c)
    {
        result.Add(a);
        result.Add(b);
        result.Add(c);
    }
}

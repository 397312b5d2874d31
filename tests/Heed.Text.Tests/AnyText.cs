using System.Text;

namespace Heed.Text.Tests;

/// <summary>Text nobody would write, the same every time: characters of every kind, in runs and mixtures.</summary>
static class AnyText
{
    /// <summary>Strings that have broken tokenizers before.</summary>
    public static readonly string[] Nasty =
    [
        "", " ", "  ", "\n", "\r\n", "\t\t x", " a", "a ", "a  b", "a   b  ", "\0", "a\0b", "\u0001\u001f\u007f", "\u0085x\u0085\u0085 y",
        "\u00a0a\u00a0\u00a0b",
        "\ufeffBOM", "a\ufeffb", "\ufeff\ufeff", "line\u2028separator\u2029paragraph", "\u3000ideographic\u3000\u3000space", "\u180e\u200b\u2060",
        "don't I'll we've they're he'd I'm it's", "DON'T", "'", "''s", "'s's", " 's", "x'", "’s", "1234567890", "½ ² Ⅷ ٣ ৪", "3.14, 1,000",
        "a1b2", "1st 2nd",
        "naïve café", "nai\u0308ve cafe\u0301", "ÅÅA\u030a", "ﬁ ﬂ ①", "ß ẞ SS", "İıIi", "ΟΔΥΣΣΕΥΣ Σ", "日本語の文章です。", "안녕하세요 한국어", "各", "ไทย ภาษา",
        "हिन्दी में", "עברית שלום",
        "العربية مَرْحَبًا", "\u202eright to left\u202c", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "e\u0301\u0323\u0302", "𝒜𝓫𝔠 𝟙𝟚𝟛", "𐐀𐐨 𐒠",
        "\U0001F600\U0001F600", "𠀀𠮷", "\uE000\uF8FF", "\uFFFD", "\uFFFE\uFFFF",
        "\U0010FFFF", "<s>", "</s>", "a</s>b", "<s></s>", "<|endoftext|>", "[CLS] [MASK]", "Ġ", "ĠĠa", "Ċ", "http://example.org/?q=1&r=a%20b#c",
        "C:\\path\\file.txt", "#hash @user $5 5€", "!!!???...",
        "a.b,c;d:e", "(a) [b] {c}", "--- ___ ===", "\"quoted\" „deutsch“ «français»", new string('a', 300), new string(' ', 100) + "x",
        new string('\n', 50), string.Concat(Enumerable.Repeat("ab", 200)),
        string.Concat(Enumerable.Repeat("é", 100)), string.Concat(Enumerable.Repeat("😀", 60)), string.Concat(Enumerable.Repeat("a ", 100)),
        "Donaudampfschifffahrtsgesellschaftskapitän",
    ];

    static readonly (int From, int To)[] scripts =
    [
        (0x20, 0x7E), (0x00, 0x1F), (0x61, 0x7A), (0x80, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF),
        (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x2100, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
        (0xF900, 0xFFFF), (0x10000, 0x103FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0xE0000, 0xE01EF), (0x20, 0x20),
        (0x27, 0x27),
    ];

    public static IEnumerable<string> Many(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var runs = random.Next(12); runs >= 0; runs--)
            {
                var (from, to) = scripts[random.Next(scripts.Length)];
                var code = random.Next(from, to + 1);
                for (var length = random.Next(6); length >= 0; length--)
                {
                    if (random.Next(3) > 0) code = random.Next(from, to + 1);
                    text.Append(new Rune(code is >= 0xD800 and < 0xE000 ? 0xFFFD : code).ToString());
                }
            }
            yield return text.ToString();
        }
    }
}

using System.CommandLine;
using Heed.Cli.Verbs;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Scores;

/// <summary>How each metric is computed: the options of a command line, and the records they make.</summary>
sealed class MetricVariants
{
    static readonly Dictionary<string, BleuSmoothing> smoothings = new(StringComparer.Ordinal)
    {
        ["exp"] = BleuSmoothing.Exponential, ["floor"] = BleuSmoothing.Floor, ["add-k"] = BleuSmoothing.AddK, ["none"] = BleuSmoothing.None,
    };

    readonly Option<string> tokenize = Shared.OneOf("--tokenize", "How BLEU cuts words: 13a, intl, char, zh, or none for text that is tokenised already.", "13a", [.. BleuTokenizationConverter.Names]);
    readonly Option<bool> lowercase = new("--lowercase", "-l") { Description = "Lower-case everything first (TER and ROUGE do so anyway)." };
    readonly Option<string> smooth = Shared.OneOf("--smooth", "What stands for a BLEU precision of zero: exp, floor, add-k, none.", "exp", [.. smoothings.Keys]);
    readonly Option<double?> smoothValue = Shared.Number("--smooth-value", null, "The constant of floor (0.1 unless told) or add-k (1).", 0.0, 1e9);
    readonly Option<bool> effectiveOrder = new("--effective-order") { Description = "Leave orders out of BLEU that the text is too short for." };
    readonly Option<int?> maximumOrder = Shared.Number("--max-order", null, "The longest n-grams of BLEU. [4]", 1, 100);
    readonly Option<int?> characterOrder = Shared.Number("--chrf-char-order", null, "The longest n-grams of characters of chrF. [6]", 1, 100);
    readonly Option<int?> wordOrder = Shared.Number("--chrf-word-order", null, "The longest n-grams of words of chrF; 2 is chrF++. [0]", 0, 100);
    readonly Option<int?> beta = Shared.Number("--chrf-beta", null, "How many times as much recall weighs as precision in chrF. [2]", 1, 100);
    readonly Option<bool> whitespace = new("--chrf-whitespace") { Description = "Count white space among the characters of chrF." };
    readonly Option<bool> allOrders = new("--chrf-eps-smoothing") { Description = "Take all orders into chrF, with a tiny constant for those that have no n-grams." };
    readonly Option<bool> caseSensitive = new("--ter-case-sensitive") { Description = "Keep upper and lower case apart in TER." };
    readonly Option<bool> normalised = new("--ter-normalized") { Description = "Cut punctuation off words for TER." };
    readonly Option<bool> noPunctuation = new("--ter-no-punct") { Description = "Take punctuation away for TER." };
    readonly Option<bool> asian = new("--ter-asian-support") { Description = "Let these two treat Chinese, Japanese and Korean text too." };
    readonly Option<string> sentenceMark = new("--sentence-mark") { Description = "What stands between the sentences of a summary for ROUGE-Lsum. [<n>]", HelpName = "TEXT", DefaultValueFactory = _ => "<n>" };

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All =>
        [tokenize, lowercase, smooth, smoothValue, effectiveOrder, maximumOrder, characterOrder, wordOrder, beta, whitespace, allOrders, caseSensitive, normalised, noPunctuation, asian, sentenceMark];

    public BleuOptions Bleu(ParseResult given) => new()
    {
        Tokenization = BleuTokenizationConverter.Parse(given.GetRequiredValue(tokenize)),
        Lowercase = given.GetValue(lowercase),
        Smoothing = smoothings[given.GetRequiredValue(smooth)],
        SmoothingValue = given.GetValue(smoothValue),
        EffectiveOrder = given.GetValue(effectiveOrder),
        MaximumOrder = given.GetValue(maximumOrder) ?? 4,
    };

    /// <summary>BLEU as multi-bleu computes it, of text that is tokenised already.</summary>
    public BleuOptions MultiBleu(ParseResult given) => BleuOptions.Tokenised with { Lowercase = given.GetValue(lowercase) };

    /// <param name="given">the command line</param>
    /// <param name="words">how long n-grams of words are unless the command line says</param>
    public ChrFOptions ChrF(ParseResult given, int words) => new()
    {
        CharacterOrder = given.GetValue(characterOrder) ?? 6,
        WordOrder = given.GetValue(wordOrder) ?? words,
        Beta = given.GetValue(beta) ?? 2,
        Lowercase = given.GetValue(lowercase),
        Whitespace = given.GetValue(whitespace),
        AllOrders = given.GetValue(allOrders),
    };

    public TerOptions Ter(ParseResult given) => new()
    {
        CaseSensitive = given.GetValue(caseSensitive),
        Normalised = given.GetValue(normalised),
        NoPunctuation = given.GetValue(noPunctuation),
        AsianSupport = given.GetValue(asian),
    };

    /// <summary>Summaries with each sentence on a line of its own.</summary>
    public IReadOnlyList<string> Sentences(ParseResult given, IReadOnlyList<string> summaries)
    {
        var mark = given.GetRequiredValue(sentenceMark);
        return mark.Length == 0 ? summaries : [.. summaries.Select(summary => summary.Replace(mark, "\n", StringComparison.Ordinal))];
    }
}

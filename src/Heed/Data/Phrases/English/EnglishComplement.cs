namespace Heed.Data.Phrases;

/// <summary>What English says of the subject.</summary>
internal static class EnglishComplement
{
    public static void Write(EnglishText text, Complement complement, Agreement subject)
    {
        switch (complement)
        {
            case Quality { Adjective: var adjective, Degree: var degree }:
                text.AddIf(degree switch { Degree.Very => "very", Degree.Too => "too", Degree.So => "so", _ => null }).Add(adjective.English);
                break;
            case Compared compared: WriteComparison(text, compared); break;
            case Superlative { Adjective: var adjective, Range: var range }:
                EnglishNounPhrase.Write(text.Add("the").Add(EnglishMorphology.Superlative(adjective)).Add("in"), range);
                break;
            case Occupation { Profession: var profession }:
                text.AddIf(subject.IsPlural ? null : "a").Add(profession.English[subject.Number]);
                break;
            case Identity { Phrase: var phrase }: EnglishNounPhrase.Write(text, phrase); break;
            case Age { Years: var years }: text.Add(EnglishNumbers.Cardinal(years)).Add(years > 1 ? "years old" : "year old"); break;
            case Price { Euros: var euros }: text.Add(EnglishNumbers.Cardinal(euros)).Add(euros > 1 ? "euros" : "euro"); break;
            case Place { Location: var location }: EnglishAdjuncts.WriteLocation(text, location); break;
            case There: text.Add("there"); break;
        }
    }

    static void WriteComparison(EnglishText text, Compared compared)
    {
        var adjective = compared.Adjective;
        text.Add(compared.Comparison switch
        {
            Comparison.More => adjective.EnglishComparative ?? "more " + adjective.English,
            Comparison.Less => "less " + adjective.English,
            _ => "as " + adjective.English,
        });
        EnglishNounPhrase.Write(text.Add(compared.Comparison == Comparison.As ? "as" : "than"), compared.Standard);
    }
}

namespace Heed.Data.Phrases;

/// <summary>What French says of the subject.</summary>
internal static class FrenchComplement
{
    public static void Write(FrenchText text, Complement complement, Agreement subject)
    {
        switch (complement)
        {
            case Quality { Adjective: var adjective, Degree: var degree }:
                if (degree != Degree.Plain)
                    text.Add(degree switch { Degree.Very => "très", Degree.Too => "trop", _ => "si" });
                FrenchNounPhrase.WriteAdjective(text, adjective, subject);
                break;
            case Compared compared: WriteComparison(text, compared, subject); break;
            case Superlative { Adjective: var adjective, Range: var range }:
                FrenchNounPhrase.WriteMost(text.Add(FrenchNounPhrase.Definite(subject)), adjective, subject);
                FrenchNounPhrase.Write(text.Add("de"), range, Surroundings.AfterDe);
                break;
            case Occupation { Profession: var profession }:
                var named = subject.IsFeminine ? profession.Feminine : profession.Masculine;
                text.Add(subject.IsPlural ? FrenchMorphology.Plural(named) : named);
                break;
            case Identity { Phrase: var phrase }: FrenchNounPhrase.Write(text, phrase); break;
            case Age { Years: var years }: text.Add(FrenchNumbers.Cardinal(years, Gender.Masculine)).Add(years > 1 ? "ans" : "an"); break;
            case Price { Euros: var euros }: text.Add(FrenchNumbers.Cardinal(euros, Gender.Masculine)).Add(euros > 1 ? "euros" : "euro"); break;
            case Place { Location: var location }: FrenchAdjuncts.WriteLocation(text, location); break;
            case There: break;
        }
    }

    static void WriteComparison(FrenchText text, Compared compared, Agreement subject)
    {
        if (compared.Comparison == Comparison.More)
            FrenchNounPhrase.WriteMost(text, compared.Adjective, subject);
        else
            FrenchNounPhrase.WriteAdjective(text.Add(compared.Comparison == Comparison.Less ? "moins" : "aussi"), compared.Adjective, subject);
        FrenchNounPhrase.Write(text.Add("que"), compared.Standard);
    }
}

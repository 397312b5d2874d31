namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>The man who sings, the letter that Marie wrote: short clauses, since they stand inside another.</summary>
    CommonPhrase WithRelative(CommonPhrase phrase)
    {
        var gap = new Gap(phrase.Agreement);
        var noun = phrase.Noun;
        if (noun.Is(Kinds.Person) && chance.Percent(50))
        {
            var verb = chance.Pick(Selection.Direct);
            while ((verb.Subjects & noun.Kinds) == 0)
                verb = chance.Pick(Selection.Direct);
            return phrase with { Relative = Brief(new Clause(gap, verb) { Object = Plain(verb.Objects) }) };
        }

        if (noun.ObjectOf is not { Count: > 0 } verbs)
            return phrase;
        var written = chance.Pick(verbs);
        NounPhrase subject = chance.Among(40, 35, 25) switch
        {
            0 => AnyName(),
            1 => chance.Pick(Persons),
            _ => Plain(chance.Pick(Selection.Nouns(Kinds.Person))),
        };
        return phrase with { Relative = Brief(new Clause(subject, written) { Object = gap }) };
    }

    /// <summary>Present, past or future, sometimes denied, nothing more.</summary>
    Clause Brief(Clause clause)
    {
        var tense = chance.Among(45, 38, 17) switch { 1 when !clause.Verb.English.HidesPast => Tense.Past, 2 => Tense.Future, _ => Tense.Present };
        return clause with { Tense = tense, Negation = chance.Percent(15) ? Negation.Not : Negation.None };
    }

    CommonPhrase Plain(Kinds kinds)
    {
        var noun = chance.Pick(Selection.Nouns(kinds));
        return noun.Is(Kinds.Language | Kinds.Sport) ? new CommonPhrase(noun, Number.Singular, Determiner.Generic) : Plain(noun);
    }
}

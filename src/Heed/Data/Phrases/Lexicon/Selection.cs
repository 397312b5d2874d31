using System.Collections.Concurrent;

namespace Heed.Data.Phrases;

/// <summary>The lexicon by what can stand where.</summary>
internal static class Selection
{
    static readonly ConcurrentDictionary<Kinds, Noun[]> NounsByKinds = [];

    /// <summary>Verbs a person can be told to do.</summary>
    public static readonly Verb[] Commands =
        [.. Lexicon.Verbs.Where(verb => (verb.Subjects & Kinds.Person) != 0 && !verb.Has(VerbTraits.State | VerbTraits.Swapped | VerbTraits.Origin | VerbTraits.Involuntary))];

    /// <summary>Verbs whose direct object may be asked for, left out or taken up by a pronoun.</summary>
    public static readonly Verb[] Direct = [.. Lexicon.Verbs.Where(verb => verb.IsDirect && verb.Objects != Kinds.Language && !verb.Has(VerbTraits.Placement | VerbTraits.NoPronoun))];

    /// <summary>What happens to people, and what they do.</summary>
    public static readonly Verb[] Actions = [.. Lexicon.Verbs.Where(verb => (verb.Subjects & Kinds.Person) != 0 && !verb.Has(VerbTraits.State | VerbTraits.Swapped))];

    /// <summary>What people go somewhere for.</summary>
    public static readonly Verb[] Purposes = [.. Commands.Where(verb => !verb.Has(VerbTraits.Destination | VerbTraits.Dwelling) && !verb.French.TakesEtre)];

    /// <summary>Feelings that explain what is done with a thing.</summary>
    public static readonly Verb[] Likings = [.. Lexicon.Verbs.Where(verb => verb.French.Infinitive is "aimer" or "détester" && verb.IsDirect)];

    /// <summary>Hungry, thirsty, right.</summary>
    public static readonly Verb[] Needs = [.. Lexicon.Verbs.Where(verb => verb.French.Tail is "faim" or "soif" or "raison")];

    /// <summary>How someone is for a while: what explains an action.</summary>
    public static readonly Adjective[] Moods = [.. Lexicon.Adjectives.Where(adjective => adjective.English is "tired" or "worried" or "happy" or "sad" or "sick" or "ready" or "proud")];

    /// <summary>Verbs without an object and without a place they need.</summary>
    public static readonly Verb[] Intransitive =
        [.. Lexicon.Verbs.Where(verb => (!verb.IsTransitive || verb.Has(VerbTraits.Optional)) && !verb.Has(VerbTraits.Destination | VerbTraits.Dwelling | VerbTraits.Origin))];

    /// <summary>Verbs that can be done loudly, slowly: those of the colloquial command.</summary>
    public static readonly Verb[] Mannered = [.. Intransitive.Where(verb => verb.Has(VerbTraits.Moving | VerbTraits.Careful | VerbTraits.Speaking))];

    /// <summary>Nouns of which something can be said.</summary>
    public static readonly Noun[] Describable = [.. Lexicon.Nouns.Where(noun => noun.Predicates.Count > 2)];

    /// <summary>People who are not named by whose they are.</summary>
    public static readonly Noun[] Strangers = [.. Lexicon.Nouns.Where(noun => noun.Is(Kinds.Person) && !noun.Is(Kinds.Kin))];

    public static readonly Noun[] Kin = [.. Lexicon.Nouns.Where(noun => noun.Is(Kinds.Kin))];

    public static IReadOnlyList<Noun> Nouns(Kinds kinds) =>
        NounsByKinds.GetOrAdd(kinds, static wanted => Array.FindAll(Lexicon.Nouns, noun => noun.Is(wanted)));
}

using System.Collections.Concurrent;

namespace Heed.Data.Phrases;

/// <summary>The lexicon by what can stand where.</summary>
internal static class Selection
{
    static readonly ConcurrentDictionary<Kinds, Noun[]> NounsByKinds = [];

    /// <summary>What happens to people, and what they do.</summary>
    public static readonly Verb[] Actions = Where(verb => (verb.Subjects & Kinds.Person) != 0, except: VerbTraits.State | VerbTraits.Swapped);

    /// <summary>What a person can be told to do.</summary>
    public static readonly Verb[] Commands = Array.FindAll(Actions, verb => !verb.Has(VerbTraits.Origin | VerbTraits.Involuntary));

    /// <summary>What people go somewhere for.</summary>
    public static readonly Verb[] Purposes = Array.FindAll(Commands, verb => !verb.Has(VerbTraits.Placed) && !verb.French.TakesEtre);

    /// <summary>Verbs with someone to whom: those that put two pronouns before a French verb.</summary>
    public static readonly Verb[] Giving = Where(verb => verb.Has(VerbTraits.Double), except: VerbTraits.Optional);

    /// <summary>Verbs whose direct object may be asked for, left out or taken up by a pronoun.</summary>
    public static readonly Verb[] Direct =
        Where(verb => verb.IsDirect && verb.Objects != Kinds.Language, except: VerbTraits.Placement | VerbTraits.NoPronoun);

    /// <summary>Verbs without an object that are done loudly, slowly, safely: those of the colloquial command.</summary>
    public static readonly Verb[] Mannered = Where(
        verb => (!verb.IsTransitive || verb.Has(VerbTraits.Optional)) && verb.Has(VerbTraits.Moving | VerbTraits.Careful | VerbTraits.Speaking),
        except: VerbTraits.Placed);

    /// <summary>Feelings that explain what is done with a thing.</summary>
    public static readonly Verb[] Likings = Where(verb => verb.French.Infinitive is "aimer" or "détester", except: VerbTraits.None);

    /// <summary>Hungry, thirsty, right.</summary>
    public static readonly Verb[] Needs = Where(verb => verb.French.Tail is "faim" or "soif" or "raison", except: VerbTraits.None);

    /// <summary>How someone is for a while: what explains an action.</summary>
    public static readonly Adjective[] Moods = Array.FindAll(
        Lexicon.Adjectives,
        adjective => adjective.English is "tired" or "worried" or "happy" or "sad" or "sick" or "ready" or "proud");

    /// <summary>Nouns of which much can be said.</summary>
    public static readonly Noun[] Describable = Array.FindAll(Lexicon.Nouns, noun => noun.Predicates.Count > 2);

    public static readonly Noun[] Kin = Array.FindAll(Lexicon.Nouns, noun => noun.Is(Kinds.Kin));

    /// <summary>People who are not named by whose they are.</summary>
    public static readonly Noun[] Strangers = Array.FindAll(Lexicon.Nouns, noun => noun.Is(Kinds.Person) && !noun.Is(Kinds.Kin));

    public static IReadOnlyList<Noun> Nouns(Kinds kinds) =>
        NounsByKinds.GetOrAdd(kinds, static wanted => Array.FindAll(Lexicon.Nouns, noun => noun.Is(wanted)));

    static Verb[] Where(Predicate<Verb> fits, VerbTraits except) => Array.FindAll(Lexicon.Verbs, verb => fits(verb) && !verb.Has(except));
}

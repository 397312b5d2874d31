namespace Heed.Data.Phrases;

/// <summary>What stands behind the verb and is not an object.</summary>
internal abstract record Complement;

internal enum Degree { Plain, Very, Too, So }

/// <summary>Is very tired: the adjective agrees with the subject.</summary>
internal sealed record Quality(Adjective Adjective, Degree Degree) : Complement;

internal enum Comparison { More, Less, As }

/// <summary>Is bigger than the dog: est plus grand que le chien.</summary>
internal sealed record Compared(Adjective Adjective, Comparison Comparison, NounPhrase Standard) : Complement;

/// <summary>Is the oldest in the town: est la plus vieille de la ville.</summary>
internal sealed record Superlative(Adjective Adjective, NounPhrase Range) : Complement;

/// <summary>Is a doctor: French names the profession without an article, in the subject's gender.</summary>
internal sealed record Occupation(Profession Profession) : Complement;

/// <summary>Is the king's brother.</summary>
internal sealed record Identity(NounPhrase Phrase) : Complement;

/// <summary>Is twelve years old: a douze ans.</summary>
internal sealed record Age(int Years) : Complement;

/// <summary>Costs thirty euros.</summary>
internal sealed record Price(int Euros) : Complement;

/// <summary>In the garden, to Paris, on the table.</summary>
internal sealed record Place(Location Location) : Complement;

/// <summary>There, the place spoken of: the pronoun "y".</summary>
internal sealed record There : Complement;

namespace Heed.Data;

/// <summary>A sentence and its translation.</summary>
/// <param name="Source">The sentence to translate.</param>
/// <param name="Target">What it means in the other language.</param>
public readonly record struct SentencePair(string Source, string Target);

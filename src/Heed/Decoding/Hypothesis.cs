namespace Heed.Decoding;

/// <summary>A finished target.</summary>
/// <param name="Ids">its ids, without begin and end</param>
/// <param name="LogProbability">log p(y|x), the end included: what scoring the target would give</param>
/// <param name="Score">what the search ranked it by</param>
public sealed record Hypothesis(int[] Ids, double LogProbability, double Score);

namespace Heed.Text;

/// <summary>Two systems on the same segments, and how likely chance alone makes them differ as much.</summary>
/// <param name="Baseline">The score of the first system, with the 95 % interval of its resampled scores.</param>
/// <param name="System">The score of the second system, likewise.</param>
/// <param name="BootstrapP">
/// p of paired bootstrap resampling: how often segments drawn with replacement give differences that exceed their mean by more than
/// the difference there is. Koehn 2004; Riezler and Maxwell 2005.
/// </param>
/// <param name="RandomisationP">
/// p of approximate randomisation: how often swapping the two systems' outputs, segment by segment by the toss of a coin, gives a
/// larger difference. Riezler and Maxwell 2005.
/// </param>
public sealed record Comparison(MetricScore Baseline, MetricScore System, double BootstrapP, double RandomisationP);

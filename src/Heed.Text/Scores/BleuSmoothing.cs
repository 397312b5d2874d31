namespace Heed.Text;

/// <summary>What stands for the precision of an order without a single match. Chen and Cherry 2014.</summary>
public enum BleuSmoothing
{
    /// <summary><c>exp</c>: half of one match for the first such order, a quarter for the second, and so on.</summary>
    Exponential,

    /// <summary><c>floor</c>: a small constant number of matches, 0.1 unless told.</summary>
    Floor,

    /// <summary><c>add-k</c>: k, 1 unless told, is added to matches and totals of all orders from 2 on.</summary>
    AddK,

    /// <summary><c>none</c>: nothing; the score is 0.</summary>
    None,
}

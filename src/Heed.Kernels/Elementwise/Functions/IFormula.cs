namespace Heed.Kernels;

/// <summary>A function of one number, for registers of any width.</summary>
interface IFormula
{
    static abstract T Of<T>(T x) where T : struct, IWide<T>;
}

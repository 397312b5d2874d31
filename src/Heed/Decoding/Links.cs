using System.Buffers;

namespace Heed.Decoding;

/// <summary>The ids of all hypotheses of a search, each linked to the one before it: what hypotheses share is kept once.</summary>
sealed class Links : IDisposable
{
    /// <summary>The link before the first id.</summary>
    public const int Root = -1;

    int[] ids = ArrayPool<int>.Shared.Rent(1024), before = ArrayPool<int>.Shared.Rent(1024);
    int count;

    /// <summary>Appends an id to a hypothesis.</summary>
    /// <param name="id">the id</param>
    /// <param name="link">the hypothesis's last link, or <see cref="Root"/></param>
    /// <returns>its new last link</returns>
    public int Add(int id, int link)
    {
        Reserve(ref ids);
        Reserve(ref before);
        (ids[count], before[count]) = (id, link);
        return count++;
    }

    /// <summary>The id at a link.</summary>
    public int this[int link] => ids[link];

    /// <summary>The <paramref name="length"/> ids that end at a link, in order.</summary>
    public int[] Path(int link, int length)
    {
        var path = new int[length];
        for (var i = length - 1; i >= 0; i--, link = before[link]) path[i] = ids[link];
        return path;
    }

    void Reserve(ref int[] array)
    {
        if (count < array.Length) return;
        var longer = ArrayPool<int>.Shared.Rent(2 * count);
        array.CopyTo(longer, 0);
        ArrayPool<int>.Shared.Return(array);
        array = longer;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(ids);
        ArrayPool<int>.Shared.Return(before);
    }
}

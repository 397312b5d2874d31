namespace Heed.Text;

/// <summary>
/// The n-grams of sequences of symbols, exactly, as nodes of a tree: the node of an n-gram is the child of the node of its first
/// n−1 symbols.
/// </summary>
sealed class NGrams
{
    /// <summary>The node of the empty sequence.</summary>
    public const int Root = 0;

    /// <summary>What <see cref="Find"/> says of an n-gram that was never added.</summary>
    public const int None = -1;

    ulong[] keys = new ulong[1 << 12];
    int[] nodes = new int[1 << 12];
    int[] stamps = new int[1 << 12];
    int stamp = 1;

    /// <summary>How many nodes there are, the root among them.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>Forgets all n-grams, at no cost.</summary>
    public void Clear()
    {
        Count = 1;
        if (++stamp != int.MaxValue) return;
        Array.Clear(stamps);
        stamp = 1;
    }

    /// <summary>The node of the n-gram at <paramref name="node"/> followed by <paramref name="symbol"/>.</summary>
    public int Add(int node, int symbol)
    {
        if (Count * 2 > keys.Length) Grow();
        var key = Key(node, symbol);
        var place = Place(key);
        if (stamps[place] == stamp) return nodes[place];
        stamps[place] = stamp;
        keys[place] = key;
        return nodes[place] = Count++;
    }

    /// <summary>The node of the n-gram at <paramref name="node"/> followed by <paramref name="symbol"/>, or <see cref="None"/>.</summary>
    public int Find(int node, int symbol)
    {
        var place = Place(Key(node, symbol));
        return stamps[place] == stamp ? nodes[place] : None;
    }

    static ulong Key(int node, int symbol) => ((ulong)(uint)node << 32) | (uint)symbol;

    /// <summary>Where the key is, or the free place where it would be.</summary>
    int Place(ulong key)
    {
        var mask = keys.Length - 1;
        var place = (int)((key * 0x9E3779B97F4A7C15) >> 40) & mask;
        while (stamps[place] == stamp && keys[place] != key) place = (place + 1) & mask;
        return place;
    }

    void Grow()
    {
        var (oldKeys, oldNodes, oldStamps) = (keys, nodes, stamps);
        keys = new ulong[oldKeys.Length * 2];
        nodes = new int[keys.Length];
        stamps = new int[keys.Length];
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldStamps[i] != stamp) continue;
            var place = Place(oldKeys[i]);
            (keys[place], nodes[place], stamps[place]) = (oldKeys[i], oldNodes[i], stamp);
        }
    }
}

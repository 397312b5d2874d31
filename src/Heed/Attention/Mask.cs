using Heed.Kernels;

namespace Heed.Attention;

/// <summary>Says which keys a query may see. Masks are values; <c>a &amp; b</c> sees what both see.</summary>
/// <remarks>A query and a key are numbered by their positions in their sequences.</remarks>
public abstract record Mask
{
    /// <summary>Every key of the sequence.</summary>
    public static Mask Full { get; } = new Of<FullMask>(default);

    /// <summary>The keys up to the query's own position. Vaswani et al. 2017, §3.2.3.</summary>
    public static Mask Causal { get; } = new Of<CausalMask>(default);

    /// <summary>The keys before the query's own position; the first query sees none and gets zeros.</summary>
    public static Mask StrictlyCausal { get; } = new Of<CausalMask>(new(Strict: true));

    /// <summary>The first keys, and those up to the query's own position. Raffel et al. 2020, §3.2.1.</summary>
    /// <param name="length">how many first keys every query sees, at least 0</param>
    public static Mask Prefix(int length) => new Of<PrefixMask>(new(NotNegative(length)));

    /// <summary>The keys around the query's own position. Beltagy, Peters and Cohan 2020, §3.1.</summary>
    /// <param name="before">how many before it, at least 0</param>
    /// <param name="after">how many behind it, at least 0</param>
    public static Mask Window(int before, int after) => new Of<WindowMask>(new(NotNegative(before), NotNegative(after)));

    /// <summary>The keys of the query's own block. Liu et al. 2018, §4.2.4, "local attention".</summary>
    /// <param name="size">keys in a block, at least 1</param>
    public static Mask Blocks(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new Of<BlockMask>(new(size));
    }

    /// <summary>What both masks let a query see.</summary>
    public static Mask operator &(Mask left, Mask right) => left == Full ? right : right == Full ? left : new Both(left, right);

    /// <summary>What both masks let a query see.</summary>
    public static Mask BitwiseAnd(Mask left, Mask right) => left & right;

    /// <summary>How many keys the queries of a sequence that looks at itself see in all.</summary>
    /// <param name="length">the sequence's</param>
    public double Visible(int length) => Use<Count, double>(new(length));

    /// <summary>Hands the struct for which a kernel is compiled to <paramref name="user"/>.</summary>
    internal abstract T Use<TUser, T>(TUser user) where TUser : struct, IMaskUser<T>;

    static int NotNegative(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count;
    }

    sealed record Of<TMask>(TMask Value) : Mask where TMask : struct, IMask
    {
        internal override T Use<TUser, T>(TUser user) => user.With(Value);
    }

    sealed record Both(Mask Left, Mask Right) : Mask
    {
        internal override T Use<TUser, T>(TUser user) => Left.Use<RightNext<TUser, T>, T>(new(Right, user));
    }

    readonly struct RightNext<TUser, T>(Mask right, TUser user) : IMaskUser<T> where TUser : struct, IMaskUser<T>
    {
        public T With<TLeft>(TLeft left) where TLeft : struct, IMask => right.Use<Joined<TLeft, TUser, T>, T>(new(left, user));
    }

    readonly struct Joined<TLeft, TUser, T>(TLeft left, TUser user) : IMaskUser<T> where TLeft : struct, IMask where TUser : struct, IMaskUser<T>
    {
        public T With<TRight>(TRight right) where TRight : struct, IMask => user.With(new BothMask<TLeft, TRight>(left, right));
    }

    readonly struct Count(int length) : IMaskUser<double>
    {
        public double With<TMask>(TMask mask) where TMask : struct, IMask
        {
            var count = 0.0;
            for (var position = 0; position < length; position++)
            {
                var query = new QueryPlace(0, 0, position, position);
                for (var seen = mask.Next(query, 0, length); !seen.IsEmpty; seen = mask.Next(query, seen.End, length)) count += seen.End - seen.Start;
            }
            return count;
        }
    }
}

/// <summary>A computation that is compiled for the kind of mask it is given.</summary>
interface IMaskUser<T>
{
    T With<TMask>(TMask mask) where TMask : struct, IMask;
}

using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>Says which keys a query may see. Masks are values; <c>a &amp; b</c> sees what both see.</summary>
/// <remarks>A query and a key are numbered by their positions in their sequences.</remarks>
public abstract record Mask
{
    /// <summary>Every key of the sequence.</summary>
    public static Mask Full { get; } = new Of<FullMask>(default);

    /// <summary>The keys up to the query's own position. Vaswani et al. 2017, §3.2.3.</summary>
    public static Mask Causal { get; } = new Of<CausalMask>(default);

    /// <summary>What both masks let a query see.</summary>
    public static Mask operator &(Mask left, Mask right) => left == Full ? right : right == Full ? left : new Both(left, right);

    /// <summary>What both masks let a query see.</summary>
    public static Mask BitwiseAnd(Mask left, Mask right) => left & right;

    /// <summary>Hands the struct for which a kernel is compiled to <paramref name="user"/>.</summary>
    internal abstract Tensor Use<TUser>(TUser user) where TUser : struct, IMaskUser;

    sealed record Of<TMask>(TMask Value) : Mask where TMask : struct, IMask
    {
        internal override Tensor Use<TUser>(TUser user) => user.With(Value);
    }

    sealed record Both(Mask Left, Mask Right) : Mask
    {
        internal override Tensor Use<TUser>(TUser user) => Left.Use(new RightNext<TUser>(Right, user));
    }

    readonly struct RightNext<TUser>(Mask right, TUser user) : IMaskUser where TUser : struct, IMaskUser
    {
        public Tensor With<TLeft>(TLeft left) where TLeft : struct, IMask => right.Use(new Joined<TLeft, TUser>(left, user));
    }

    readonly struct Joined<TLeft, TUser>(TLeft left, TUser user) : IMaskUser where TLeft : struct, IMask where TUser : struct, IMaskUser
    {
        public Tensor With<TRight>(TRight right) where TRight : struct, IMask => user.With(new BothMask<TLeft, TRight>(left, right));
    }
}

/// <summary>A computation that is compiled for the kind of mask it is given.</summary>
interface IMaskUser
{
    Tensor With<TMask>(TMask mask) where TMask : struct, IMask;
}

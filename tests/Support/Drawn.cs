using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Heed.Tests.Support;

/// <summary>Properties of values drawn at random: the same values every time, and the smallest that fails printed in full.</summary>
static class Drawn
{
    /// <param name="count">how many values</param>
    /// <param name="values">what is drawn</param>
    /// <param name="smaller">smaller values that a failing one could be reduced to</param>
    /// <param name="holds">throws where the property does not hold</param>
    public static void Each<T>(int count, Gen<T> values, Func<T, IEnumerable<T>> smaller, Action<T> holds)
    {
        var seed = new Replay(new Rnd(20_261, 7), FSharpOption<int>.None);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(seed)), Prop.ForAll(Arb.From(values, smaller), holds));
    }
}

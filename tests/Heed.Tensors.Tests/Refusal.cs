namespace Heed.Tensors.Tests;

/// <summary>What must be refused, and the sentence that the refusal begins with.</summary>
static class Refusal
{
    public static void Begins<TException>(string sentence, Func<object?> act) where TException : Exception
        => Assert.StartsWith(sentence, Assert.Throws<TException>(act).Message, StringComparison.Ordinal);

    public static void Begins<TException>(string sentence, Action act) where TException : Exception
        => Assert.StartsWith(sentence, Assert.Throws<TException>(act).Message, StringComparison.Ordinal);
}

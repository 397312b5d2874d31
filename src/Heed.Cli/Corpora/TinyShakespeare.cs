namespace Heed.Cli.Corpora;

/// <summary>Tiny Shakespeare: 40,000 lines of plays in one file, which char-rnn was shown with. Karpathy 2015.</summary>
static class TinyShakespeare
{
    /// <summary>The corpus.</summary>
    public static Corpus Corpus { get; } = new("tinyshakespeare", "40,000 lines of Shakespeare's plays in one file",
        "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare",
        "The text is in the public domain; the file is part of char-rnn, which its author published under the MIT licence.",
        [new("input.txt", "input.txt", 1115394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")]);
}

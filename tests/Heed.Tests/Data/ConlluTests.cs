using Heed.Data;

namespace Heed.Tests.Data;

public sealed class ConlluTests : IDisposable
{
    readonly Corner corner = new();

    public void Dispose() => corner.Dispose();

    static string Word(string id, string form, string tag, string head) => string.Join('\t', id, form, "_", tag, "_", "_", head, "_", "_", "_") + "\n";

    List<ConlluSentence> Read(params string[] lines) => [.. ConlluReader.Read(corner.Write("t.conllu", string.Concat(lines)))];

    string Fault(params string[] lines) => Assert.Throws<InvalidDataException>(() => Read(lines)).Message;

    [Fact]
    public void Words_are_the_units_multiword_tokens_and_empty_nodes_are_passed_over()
    {
        var sentences = Read(
            "# newdoc id = d\n", "# sent_id = weblog-1\n", "# text = Zum Haus\n",
            "1-2\tZum\t_\t_\t_\t_\t_\t_\t_\t_\n", Word("1", "Zu", "ADP", "3"), Word("2", "dem", "DET", "3"), Word("3", "Haus", "NOUN", "0"),
            "3.1\tgeht\t_\tVERB\t_\t_\t_\t_\t_\t_\n", "\n",
            Word("1", "Ja", "INTJ", "0"));
        Assert.Equal([("weblog-1", 5L), ("2", 10L)], sentences.Select(sentence => (sentence.Id, sentence.Line)));
        Assert.Equal([("Zu", "ADP", 3), ("dem", "DET", 3), ("Haus", "NOUN", 0)], sentences[0].Words.Select(word => (word.Form, word.Tag, word.Head!.Value)));
        Assert.Equal([3, 3, 0], sentences[0].Heads());
        Assert.Equal([0], sentences[1].Heads());
        Assert.Empty(Read("# sent_id = only comments\n", "\n", "\n"));
    }

    [Fact]
    public void A_word_without_a_head_is_refused_when_heads_are_asked_for()
        => Assert.Contains("line 3, sentence s7: 'b' has no head", Assert.Throws<InvalidDataException>(() => Read("# sent_id = s7\n", Word("1", "a", "X", "0"), Word("2", "b", "X", "_"))[0].Heads()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Broken_lines_are_refused_with_sentence_and_line()
    {
        Assert.Contains("t.conllu', line 2, sentence s: found 2 columns, expected 10", Fault("# sent_id = s\n", "1\ta\n"), StringComparison.Ordinal);
        Assert.Contains("line 2, sentence 1: the word is numbered '3', expected 2", Fault(Word("1", "a", "X", "0"), Word("3", "b", "X", "1")), StringComparison.Ordinal);
        Assert.Contains("the word is numbered 'x', expected 1", Fault(Word("x", "a", "X", "0")), StringComparison.Ordinal);
        Assert.Contains("column 2 is empty", Fault(Word("1", "", "X", "0")), StringComparison.Ordinal);
        Assert.Contains("column 4 is empty", Fault(Word("1", "a", "", "0")), StringComparison.Ordinal);
        Assert.Contains("the head is 'up'", Fault(Word("1", "a", "X", "up")), StringComparison.Ordinal);
        Assert.Contains("the head is -1", Fault(Word("1", "a", "X", "-1")).Replace("'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("line 1, sentence 1: the head is 5, but the sentence has 2 words", Fault(Word("1", "a", "X", "5"), Word("2", "b", "X", "0")), StringComparison.Ordinal);
        Assert.Contains("the head of word 1 is itself", Fault(Word("1", "a", "X", "1")), StringComparison.Ordinal);
        Assert.Contains("reaches to word 4, but the sentence has 1", Fault("1-4\tab\t_\t_\t_\t_\t_\t_\t_\t_\n", Word("1", "a", "X", "0")), StringComparison.Ordinal);
        Assert.Contains("reaches to word 2, but the sentence has no words", Fault("1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n"), StringComparison.Ordinal);
        Assert.Contains("numbered '2-1'", Fault("2-1\tab\t_\t_\t_\t_\t_\t_\t_\t_\n"), StringComparison.Ordinal);
        Assert.Contains("stands before word 1", Fault("2-3\tab\t_\t_\t_\t_\t_\t_\t_\t_\n"), StringComparison.Ordinal);
        Assert.Contains("numbered '1.x'", Fault(Word("1", "a", "X", "0"), "1.x\tb\t_\t_\t_\t_\t_\t_\t_\t_\n"), StringComparison.Ordinal);
        Assert.Contains("expected behind word 3", Fault(Word("1", "a", "X", "0"), "3.1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n"), StringComparison.Ordinal);
    }
}

using System.Globalization;

namespace Heed.Data;

/// <summary>Reads treebanks as CoNLL-U: a line a word with ten columns, an empty line behind each sentence. Nivre et al. 2020.</summary>
public static class ConlluReader
{
    const int Columns = 10, Form = 1, Tag = 3, Head = 6;
    const string IdComment = "sent_id";

    /// <summary>The sentences of a file, plain or gzip, read as they are asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">While sentences are read: columns are missing, words are not numbered in order, a head is no word; the message says in which sentence and line.</exception>
    public static IEnumerable<ConlluSentence> Read(string path)
    {
        var lines = TextLines.Read(path);
        return Read(path, lines);
    }

    /// <summary>The sentences of some lines.</summary>
    /// <param name="path">what messages call the lines</param>
    /// <param name="lines">the lines</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static IEnumerable<ConlluSentence> Read(string path, IEnumerable<string> lines)
    {
        long number = 0;
        var count = 0;
        var draft = new Draft(path, 1);
        foreach (var line in lines)
        {
            number++;
            if (line.Length > 0) draft.Add(line, number);
            else if (draft.Finish() is { } sentence)
            {
                count++;
                draft = new Draft(path, count + 1);
                yield return sentence;
            }
        }
        if (draft.Finish() is { } last) yield return last;
    }

    internal static InvalidDataException Fault(string path, long line, string sentence, string fault) => new($"'{path}', line {line}, sentence {sentence}: {fault}.");

    /// <summary>A sentence of which some lines were read.</summary>
    sealed class Draft(string path, int number)
    {
        readonly List<ConlluWord> words = [];
        string id = number.ToString(CultureInfo.InvariantCulture);
        int rangeEnd;
        long begun;

        public void Add(string line, long place)
        {
            if (line[0] == '#')
            {
                if (words.Count == 0) Note(line);
                return;
            }
            var fields = line.Split('\t');
            if (fields.Length != Columns) throw Fault(place, $"found {fields.Length} columns, expected {Columns} separated by tabs");
            if (fields[0].Contains('-', StringComparison.Ordinal)) AddRange(fields[0], place);
            else if (fields[0].Contains('.', StringComparison.Ordinal)) CheckEmptyNode(fields[0], place);
            else AddWord(fields, place);
        }

        void Note(string line)
        {
            var parts = line[1..].Split('=', 2);
            if (parts.Length == 2 && parts[0].Trim() == IdComment && parts[1].Trim().Length > 0) id = parts[1].Trim();
        }

        // A multiword token: its words follow, and they are what counts.
        void AddRange(string range, long place)
        {
            var ends = range.Split('-');
            if (ends.Length != 2 || Number(ends[0]) is not { } first || Number(ends[1]) is not { } last || last < first)
                throw Fault(place, $"the multiword token is numbered '{range}', expected the numbers of its first and last word, such as 3-4");
            if (first != words.Count + 1) throw Fault(place, $"the multiword token {range} stands before word {words.Count + 1}, expected before its own first word");
            (rangeEnd, begun) = (last, place);
        }

        void CheckEmptyNode(string node, long place)
        {
            var parts = node.Split('.');
            if (parts.Length != 2 || Number(parts[0]) is not { } after || Number(parts[1]) is null)
                throw Fault(place, $"the empty node is numbered '{node}', expected the number of the word before it and its own, such as 8.1");
            if (after != words.Count) throw Fault(place, $"the empty node {node} stands behind word {words.Count}, expected behind word {after}");
        }

        void AddWord(string[] fields, long place)
        {
            if (Number(fields[0]) is not { } own || own != words.Count + 1)
                throw Fault(place, $"the word is numbered '{fields[0]}', expected {words.Count + 1}");
            if (fields[Form].Length == 0 || fields[Tag].Length == 0) throw Fault(place, $"column {(fields[Form].Length == 0 ? Form + 1 : Tag + 1)} is empty; where there is nothing to say, '_' stands");
            int? head = fields[Head] == "_" ? null : Number(fields[Head]) ?? throw Fault(place, $"the head is '{fields[Head]}', expected 0 for the root, the number of a word, or '_'");
            if (head == own) throw Fault(place, $"the head of word {own} is itself");
            words.Add(new(fields[Form], fields[Tag], head, place));
        }

        /// <summary>The sentence; nothing where no line was read.</summary>
        public ConlluSentence? Finish()
        {
            if (words.Count == 0 && rangeEnd == 0) return null;
            if (words.Count == 0) throw Fault(begun, $"a multiword token reaches to word {rangeEnd}, but the sentence has no words");
            if (rangeEnd > words.Count) throw Fault(words[^1].Line, $"a multiword token reaches to word {rangeEnd}, but the sentence has {words.Count}");
            foreach (var word in words)
                if (word.Head > words.Count) throw Fault(word.Line, $"the head is {word.Head}, but the sentence has {words.Count} words");
            return new(path, id, words[0].Line, words);
        }

        static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        InvalidDataException Fault(long line, string fault) => ConlluReader.Fault(path, line, id, fault);
    }
}

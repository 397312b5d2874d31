using System.Buffers.Binary;
using System.Security.Cryptography;
using Heed.Data;
using Heed.Kernels;

namespace Heed.Tests.Data;

/// <summary>The file of ids: what was written is read, whatever else is refused with a sentence.</summary>
public sealed class PairFileTests : IDisposable
{
    const int HeaderLength = 128;

    readonly Corner corner = new();
    readonly byte[] fingerprint = SHA256.HashData("a corpus"u8);

    static List<(List<int> Source, List<int> Target)> Draw(int pairs, int limit)
    {
        var random = new CounterRandom(4, 2);
        List<int> Side() => [.. Enumerable.Range(0, (int)random.Below(7)).Select(_ => (int)random.Below((uint)limit))];
        return [.. Enumerable.Range(0, pairs).Select(_ => (Side(), Side())), ([0, limit - 1], [])];
    }

    string Write(IEnumerable<(List<int> Source, List<int> Target)> pairs, int limit, string name = "a.pairs")
    {
        using var writer = PairFileWriter.Create(corner[name], limit, fingerprint);
        foreach (var (source, target) in pairs) writer.Add(source, target);
        writer.Finish();
        return corner[name];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void What_was_written_is_read_with_two_or_four_bytes_an_id(int limit)
    {
        var pairs = Draw(50, limit);
        var path = Write(pairs, limit);
        using var file = PairFile.Open(path);
        Assert.Equal((51, pairs.Sum(pair => pair.Source.Count + pair.Target.Count), limit), (file.Count, file.Ids, file.IdLimit));
        Assert.Equal(fingerprint, file.Fingerprint);
        Assert.Equal(HeaderLength + (file.Ids * (limit <= 65_536 ? 2 : 4) + 7) / 8 * 8 + (2 * file.Count + 1) * 8, new FileInfo(path).Length);
        for (var i = 0; i < pairs.Count; i++)
        {
            List<int> source = [5], target = [6];
            file.Read(i, epoch: 3, source, target);
            Assert.Equal([5, .. pairs[i].Source], source);
            Assert.Equal([6, .. pairs[i].Target], target);
            Assert.Equal((pairs[i].Source.Count, pairs[i].Target.Count), (file.SourceLength(i), file.TargetLength(i)));
        }
    }

    [Fact]
    public void Its_bytes_are_those_that_the_documents_say()
    {
        var bytes = File.ReadAllBytes(Write([([1, 2], [3])], 300));
        Assert.Equal("HEEDPAIR"u8, bytes.AsSpan(0, 8));
        Assert.Equal((1, 2), (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12))));
        Assert.Equal([1, 3, 300], Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16 + 8 * i))));
        Assert.Equal(fingerprint, bytes[40..72]);
        Assert.Equal(SHA256.HashData([.. bytes[..72], .. bytes[104..]]), bytes[72..104]);
        Assert.Equal([1, 0, 2, 0, 3, 0, 0, 0], bytes[128..136]);
        Assert.Equal([0, 2, 3], Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(136 + 8 * i))));
        Assert.Equal(160, bytes.Length);
    }

    [Fact]
    public void A_file_without_pairs_is_one_too()
    {
        using var file = PairFile.Open(Write([], 300));
        Assert.Equal(0, file.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.SourceLength(0));
    }

    [Fact]
    public void Batches_of_the_file_are_those_of_the_pairs_in_memory()
    {
        var pairs = Draw(400, 50).Where(pair => pair.Source.Count > 0 && pair.Target.Count > 0).ToList();
        var corpus = new PairCorpus();
        foreach (var (source, target) in pairs) corpus.Add(source, target);
        using var file = PairFile.Open(Write(pairs, 50));
        List<string> Spell(IPairs from) => [.. new Batches(from, new BatchOptions { Tokens = 40, Pool = 50 }, 0, 1).From(default).Take(200)
            .Select(step => $"{string.Join(' ', step.Batch.Source.Ids.ToArray())} | {string.Join(' ', step.Batch.Next.ToArray())}")];
        Assert.Equal(Spell(corpus), Spell(file));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(65_537)]
    public void Any_bit_that_is_not_as_it_was_and_any_byte_that_is_missing_or_too_many_is_refused(int limit)
    {
        var bytes = File.ReadAllBytes(Write(Draw(3, limit), limit));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(damaged);
        }
        for (var length = 0; length < bytes.Length; length++) Refused(bytes[..length]);
        Refused([.. bytes, 0]);
        Refused("a text that is longer than a header, which it is not, and so it goes on and on until there is enough of it: a hundred and twenty-eight bytes."u8.ToArray());
    }

    // A digest that is right does not make ids and offsets right.
    [Theory]
    [InlineData(128, 1)]
    [InlineData(136, 0)]
    [InlineData(144, 0)]
    [InlineData(152, 0)]
    public void Numbers_out_of_range_are_refused_whatever_the_digest_says(int at, int part)
    {
        var bytes = File.ReadAllBytes(Write([([1, 2], [3])], 300));
        bytes[at + part] = 7;
        SHA256.HashData([.. bytes[..72], .. bytes[104..]]).CopyTo(bytes, 72);
        Assert.Contains("out of range", Refused(bytes), StringComparison.Ordinal);
    }

    string Refused(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => PairFile.Open(corner.Write("b.pairs", bytes))).Message;
        Assert.StartsWith($"'{corner["b.pairs"]}': ", message, StringComparison.Ordinal);
        Assert.EndsWith("delete it, and it will be made again from its text.", message, StringComparison.Ordinal);
        return message;
    }

    [Fact]
    public void Gone_on_with_from_any_flush_it_ends_with_the_same_bytes_whatever_came_after()
    {
        var pairs = Draw(20, 300);
        var expected = File.ReadAllBytes(Write(pairs, 300));
        for (var stop = 0; stop <= pairs.Count; stop++)
        {
            long count, ids;
            using (var first = PairFileWriter.Create(corner["c.pairs"], 300, fingerprint))
            {
                foreach (var (source, target) in pairs.Take(stop)) first.Add(source, target);
                first.Flush();
                (count, ids) = (first.Pairs, first.Ids);
                foreach (var (source, target) in pairs.Skip(stop).Take(3)) first.Add(target, source);
                if (stop % 2 == 0) first.Finish();
            }
            using (var second = PairFileWriter.Continue(corner["c.pairs"], 300, fingerprint, count, ids)!)
            {
                foreach (var (source, target) in pairs.Skip(stop)) second.Add(source, target);
                second.Finish();
            }
            Assert.Equal(expected, File.ReadAllBytes(corner["c.pairs"]));
        }
    }

    [Fact]
    public void What_the_files_do_not_hold_cannot_be_gone_on_with()
    {
        var path = Write([([1, 2], [3])], 300);
        foreach (var (pairs, ids) in ((long, long)[])[(2, 3), (1, 2), (1, 4), (-1, 0)]) Assert.Null(PairFileWriter.Continue(path, 300, fingerprint, pairs, ids));
    }

    [Fact]
    public void Ids_that_are_none_and_pairs_after_the_end_are_refused()
    {
        using var writer = PairFileWriter.Create(corner["d.pairs"], 300, fingerprint);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add([300], [1]));
        Assert.Throws<ArgumentException>(() => PairFileWriter.Create(corner["e.pairs"], 300, [1]));
        var file = PairFile.Open(Write([([1], [2])], 300));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read(0, 0, [], []));
    }

    public void Dispose() => corner.Dispose();
}

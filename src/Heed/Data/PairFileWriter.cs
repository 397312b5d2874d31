using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Heed.Data;

/// <summary>Writes a <see cref="PairFile"/> pair by pair in constant memory; what was flushed can be gone on with by another process.</summary>
/// <remarks>Ids go to the file itself and offsets to one beside it, until <see cref="Finish"/> puts them behind the ids and fills in the header.</remarks>
public sealed class PairFileWriter : IDisposable
{
    readonly FileStream file, offsets;
    readonly byte[] fingerprint;
    readonly int idLimit, bytesPerId;

    PairFileWriter(string path, int idLimit, byte[] fingerprint)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(idLimit);
        if (fingerprint.Length != PairFileHeader.FingerprintLength) throw new ArgumentException($"The fingerprint has {fingerprint.Length} bytes, expected {PairFileHeader.FingerprintLength}.", nameof(fingerprint));
        (this.idLimit, this.fingerprint) = (idLimit, fingerprint);
        bytesPerId = idLimit <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        offsets = new FileStream(OffsetsOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>How many pairs were added.</summary>
    public long Pairs { get; private set; }

    /// <summary>How many ids were added on both sides together.</summary>
    public long Ids { get; private set; }

    /// <summary>Begins a file, in place of one that may be there.</summary>
    /// <param name="path">the file</param>
    /// <param name="idLimit">every id is below it; up to 65,536 an id takes two bytes, else four</param>
    /// <param name="fingerprint">32 bytes that stand for what the file is made from</param>
    public static PairFileWriter Create(string path, int idLimit, byte[] fingerprint)
    {
        var writer = new PairFileWriter(path, idLimit, fingerprint);
        writer.file.SetLength(0);
        writer.file.Write(new byte[PairFileHeader.Length]);
        writer.offsets.SetLength(0);
        writer.Mark();
        return writer;
    }

    /// <summary>Goes on behind so many pairs and ids, forgetting what was added later; nothing where the files do not hold them.</summary>
    public static PairFileWriter? Continue(string path, int idLimit, byte[] fingerprint, long pairs, long ids)
    {
        var writer = new PairFileWriter(path, idLimit, fingerprint);
        if (writer.Stand(pairs, ids)) return writer;
        writer.Dispose();
        return null;
    }

    /// <summary>Adds a pair.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not below the limit.</exception>
    public void Add(List<int> source, List<int> target)
    {
        Append(CollectionsMarshal.AsSpan(source));
        Append(CollectionsMarshal.AsSpan(target));
        Pairs++;
    }

    /// <summary>Waits until the disk has what was added.</summary>
    public void Flush()
    {
        file.Flush(flushToDisk: true);
        offsets.Flush(flushToDisk: true);
    }

    /// <summary>Completes the file and flushes it. Only its name is left to be given.</summary>
    public void Finish()
    {
        var header = new PairFileHeader(bytesPerId, Pairs, Ids, idLimit, fingerprint, new byte[PairFileHeader.FingerprintLength]);
        file.Write(new byte[header.OffsetsStart - file.Position]);
        offsets.Position = 0;
        offsets.CopyTo(file);
        Write(header);
        Write(header with { Digest = PairFileHeader.DigestOf(file) });
        file.Flush(flushToDisk: true);
    }

    /// <summary>Deletes what stands beside a file while it is written.</summary>
    public static void DeleteRest(string path) => File.Delete(OffsetsOf(path));

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        offsets.Dispose();
    }

    static string OffsetsOf(string path) => path + ".offsets";

    void Write(PairFileHeader header)
    {
        file.Position = 0;
        file.Write(header.ToBytes());
        file.Flush();
    }

    bool Stand(long pairs, long ids)
    {
        var (end, marks) = (PairFileHeader.Length + ids * bytesPerId, (2 * pairs + 1) * sizeof(long));
        if (pairs < 0 || ids < 0 || file.Length < end || offsets.Length < marks) return false;
        var last = new byte[sizeof(long)];
        offsets.Position = marks - sizeof(long);
        offsets.ReadExactly(last);
        if (BinaryPrimitives.ReadInt64LittleEndian(last) != ids) return false;
        file.SetLength(end);
        file.Position = end;
        offsets.SetLength(marks);
        offsets.Position = marks;
        (Pairs, Ids) = (pairs, ids);
        return true;
    }

    void Append(ReadOnlySpan<int> ids)
    {
        if (ids.IndexOfAnyExceptInRange(0, idLimit - 1) is var strange and >= 0)
            throw new ArgumentOutOfRangeException(nameof(ids), ids[strange], $"Ids here are 0 to {idLimit - 1}.");
        var bytes = ArrayPool<byte>.Shared.Rent(ids.Length * bytesPerId);
        for (var i = 0; i < ids.Length; i++)
        {
            if (bytesPerId == sizeof(ushort)) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)ids[i]);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), ids[i]);
        }
        file.Write(bytes, 0, ids.Length * bytesPerId);
        ArrayPool<byte>.Shared.Return(bytes);
        Ids += ids.Length;
        Mark();
    }

    void Mark()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Ids);
        offsets.Write(bytes);
    }
}

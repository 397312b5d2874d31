using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Heed.Data;

/// <summary>The first bytes of a <see cref="PairFile"/>, as docs/formats.md lays them out, and what follows from them.</summary>
/// <param name="BytesPerId">2 or 4</param>
/// <param name="Pairs">how many pairs there are</param>
/// <param name="Ids">how many ids both sides have together</param>
/// <param name="IdLimit">every id is below it</param>
/// <param name="Fingerprint">32 bytes that stand for what the file was made from</param>
/// <param name="Digest">SHA-256 of all other bytes of the file</param>
readonly record struct PairFileHeader(int BytesPerId, long Pairs, long Ids, int IdLimit, byte[] Fingerprint, byte[] Digest)
{
    public const int Length = 128, FingerprintLength = 32;

    const int DigestStart = 72, DigestEnd = DigestStart + SHA256.HashSizeInBytes, Version = 1;
    const long MostIds = 1L << 56;

    static ReadOnlySpan<byte> Magic => "HEEDPAIR"u8;

    /// <summary>Where the offsets begin: behind the ids, at a multiple of eight.</summary>
    public long OffsetsStart => Length + (Ids * BytesPerId + 7) / 8 * 8;

    /// <summary>How long the file must be.</summary>
    public long FileLength => OffsetsStart + (2 * Pairs + 1) * sizeof(long);

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), BytesPerId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Pairs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Ids);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), IdLimit);
        Fingerprint.CopyTo(bytes, 40);
        Digest.CopyTo(bytes, DigestStart);
        return bytes;
    }

    /// <summary>Reads the header of an opened file and checks that it contradicts neither itself nor the file's length.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or one that is cut short.</exception>
    public static PairFileHeader Read(FileStream stream)
    {
        var bytes = new byte[Length];
        stream.Position = 0;
        if (stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length || !bytes.AsSpan().StartsWith(Magic))
            throw Fault(stream, $"found {stream.Length} bytes that do not begin with 'HEEDPAIR', expected a file of prepared pairs");
        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        if (version != Version) throw Fault(stream, $"version: found {version}, expected {Version}");
        var header = new PairFileHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)), (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)), -1, int.MaxValue),
            bytes[40..DigestStart], bytes[DigestStart..DigestEnd]);
        if (header.BytesPerId is not (2 or 4)) throw Fault(stream, $"bytes per id: found {header.BytesPerId}, expected 2 or 4");
        if (header.Pairs is < 0 or > int.MaxValue) throw Fault(stream, $"pairs: found {header.Pairs}, expected 0 to {int.MaxValue}");
        if (header.Ids is < 0 or > MostIds) throw Fault(stream, $"ids: found {header.Ids}, expected 0 to {MostIds}");
        if (header.IdLimit < 1 || (header.BytesPerId == 2 && header.IdLimit > ushort.MaxValue + 1)) throw Fault(stream, $"limit of ids: found {header.IdLimit}, more or less than {header.BytesPerId} bytes hold");
        if (header.FileLength != stream.Length) throw Fault(stream, $"found {stream.Length} bytes, expected {header.FileLength} by its header");
        return header;
    }

    /// <summary>SHA-256 of a file without the digest in its header.</summary>
    public static byte[] DigestOf(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        stream.Position = 0;
        stream.ReadExactly(buffer, 0, Length);
        hash.AppendData(buffer.AsSpan(0, DigestStart));
        hash.AppendData(buffer.AsSpan(DigestEnd, Length - DigestEnd));
        for (int count; (count = stream.Read(buffer)) > 0;) hash.AppendData(buffer.AsSpan(0, count));
        return hash.GetHashAndReset();
    }

    public static InvalidDataException Fault(FileStream stream, string what)
        => new($"'{stream.Name}': {what}. It is damaged, cut short or something else; delete it, and it will be made again from its text.");
}

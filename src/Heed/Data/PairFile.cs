using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Heed.Data;

/// <summary>Pairs of id sequences in a file that is mapped into memory: however many there are, the managed heap holds none of them.</summary>
/// <remarks>docs/formats.md describes the bytes. All of them are read once when the file is opened, to see that they are what was written.</remarks>
public sealed unsafe class PairFile : IPairs, IDisposable
{
    // Ids are looked at in spans, whose lengths are ints.
    const int Stretch = 1 << 24;

    readonly PairFileHeader header;
    readonly MemoryMappedFile map;
    readonly MemoryMappedViewAccessor view;
    byte* start;

    PairFile(MemoryMappedFile map, PairFileHeader header)
    {
        (this.map, this.header) = (map, header);
        view = map.CreateViewAccessor(0, header.FileLength, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    /// <summary>Opens a file and checks every byte of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut short, or no file of prepared pairs; the message says what was found and expected.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian; the file is not.</exception>
    public static PairFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Prepared pairs are little-endian, and this machine is not.");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var header = PairFileHeader.Read(stream);
        if (!PairFileHeader.DigestOf(stream).AsSpan().SequenceEqual(header.Digest)) throw PairFileHeader.Fault(stream, "the SHA-256 of its bytes is not the one in its header");
        var file = new PairFile(MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true), header);
        if (file.IsSound()) return file;
        file.Dispose();
        throw PairFileHeader.Fault(stream, "its offsets or ids are out of range");
    }

    /// <inheritdoc/>
    public int Count => (int)header.Pairs;

    /// <summary>How many ids both sides have together, without begin and end.</summary>
    public long Ids => header.Ids;

    /// <summary>Every id is below this.</summary>
    public int IdLimit => header.IdLimit;

    /// <summary>32 bytes that stand for what the file was made from.</summary>
    public ReadOnlySpan<byte> Fingerprint => header.Fingerprint;

    /// <inheritdoc/>
    public int SourceLength(int pair) => Length(2L * Checked(pair));

    /// <inheritdoc/>
    public int TargetLength(int pair) => Length(2L * Checked(pair) + 1);

    /// <inheritdoc/>
    public void Read(int pair, int epoch, List<int> source, List<int> target)
    {
        Append(2L * Checked(pair), source);
        Append(2L * pair + 1, target);
    }

    // Sequence k is the ids from offset k to offset k + 1: the source of pair p is sequence 2p, its target the next.
    long* Offsets => (long*)(start + header.OffsetsStart);

    int Length(long sequence) => (int)(Offsets[sequence + 1] - Offsets[sequence]);

    void Append(long sequence, List<int> ids)
    {
        var (before, length) = (ids.Count, Length(sequence));
        CollectionsMarshal.SetCount(ids, before + length);
        var to = CollectionsMarshal.AsSpan(ids)[before..];
        var from = start + PairFileHeader.Length + Offsets[sequence] * header.BytesPerId;
        if (header.BytesPerId == sizeof(int)) new ReadOnlySpan<int>(from, length).CopyTo(to);
        else
            for (var i = 0; i < to.Length; i++) to[i] = ((ushort*)from)[i];
    }

    int Checked(int pair)
    {
        ObjectDisposedException.ThrowIf(start == null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(pair);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pair, Count);
        return pair;
    }

    // A digest shows that bytes are as they were written, not who wrote them.
    bool IsSound()
    {
        if (Offsets[0] != 0 || Offsets[2 * header.Pairs] != header.Ids) return false;
        for (long sequence = 0; sequence < 2 * header.Pairs; sequence++)
            if (Offsets[sequence + 1] < Offsets[sequence] || Offsets[sequence + 1] - Offsets[sequence] > int.MaxValue) return false;
        for (long at = 0; at < header.Ids; at += Stretch)
        {
            var from = start + PairFileHeader.Length + at * header.BytesPerId;
            var length = (int)Math.Min(Stretch, header.Ids - at);
            var strange = header.BytesPerId == sizeof(int)
                ? new ReadOnlySpan<int>(from, length).IndexOfAnyExceptInRange(0, header.IdLimit - 1)
                : new ReadOnlySpan<ushort>(from, length).IndexOfAnyExceptInRange((ushort)0, (ushort)(header.IdLimit - 1));
            if (strange >= 0) return false;
        }
        return true;
    }

    /// <summary>Gives the map back; nothing can be read any more.</summary>
    public void Dispose()
    {
        if (start == null) return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}

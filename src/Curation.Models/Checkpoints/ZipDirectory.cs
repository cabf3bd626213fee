using System.Buffers.Binary;
using System.Text;

namespace Curation.Models.Checkpoints;

/// <summary>
/// The list of a zip archive's records with their places in the file. The framework's ZipArchive does not tell where a stored record
/// begins, and a tensor of a 4 GB checkpoint must be read from the middle of one.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint Zip64EndSignature = 0x06064B50;
    private const uint Zip64LocatorSignature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int Zip64EndBytes = 56;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const int LongestComment = ushort.MaxValue;
    private const ushort Zip64Extra = 1;
    private const ushort Encrypted = 1;

    /// <summary>Enough for a million records; published checkpoints have some thousands.</summary>
    private const long LargestDirectory = 128L << 20;

    private readonly CheckpointBytes _file;
    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);

    private ZipDirectory(CheckpointBytes file)
    {
        _file = file;
    }

    /// <summary>Names of all records.</summary>
    public IReadOnlyCollection<string> Names => _records.Keys;

    private sealed record Record(long Header, long Bytes, ushort Method, ushort Flags);

    /// <exception cref="CheckpointException">The archive has no directory, or one that lies.</exception>
    public static ZipDirectory Read(CheckpointBytes file)
    {
        var directory = new ZipDirectory(file);
        var (offset, length, count) = directory.FindDirectory();
        if (length > LargestDirectory) throw file.Damaged($"its zip directory has {length} bytes, more than {LargestDirectory}");
        if (offset > file.Length - length) throw file.Damaged("its zip directory lies outside the file");

        var bytes = new byte[length];
        file.Read(offset, bytes, "the zip directory");
        directory.ReadRecords(bytes, count);
        return directory;
    }

    /// <returns>Where the record's bytes are; null where there is no such record.</returns>
    /// <exception cref="CheckpointException">It is compressed or encrypted, or leaves the file.</exception>
    public StoragePlace? Find(string name)
    {
        if (!_records.TryGetValue(name, out var record)) return null;
        if ((record.Flags & Encrypted) != 0) throw _file.Damaged($"its record {name} is encrypted");
        if (record.Method != 0) throw _file.Damaged($"its record {name} is compressed (method {record.Method}); torch.save stores records as they are");

        Span<byte> local = stackalloc byte[LocalBytes];
        _file.Read(record.Header, local, $"the local header of record {name}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature) throw _file.Damaged($"record {name} has no local header at byte {record.Header}");

        var start = record.Header + LocalBytes + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        if (start > _file.Length - record.Bytes) throw _file.Damaged($"record {name} should end at byte {start + record.Bytes}, but the file has {_file.Length}");

        return new StoragePlace(start, record.Bytes);
    }

    private (long Offset, long Length, ulong Count) FindDirectory()
    {
        var tail = new byte[Math.Min(_file.Length, EndBytes + LongestComment)];
        var tailStart = _file.Length - tail.Length;
        _file.Read(tailStart, tail, "the end of the zip archive");

        for (var i = tail.Length - EndBytes; i >= 0; i--)
        {
            var end = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature) continue;

            var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            return FindZip64(tailStart + i) ?? (offset, length, count);
        }

        throw _file.Damaged("it begins as a zip archive but has no directory at its end: it was cut short");
    }

    private (long Offset, long Length, ulong Count)? FindZip64(long end)
    {
        if (end < LocatorBytes) return null;

        Span<byte> locator = stackalloc byte[LocatorBytes];
        _file.Read(end - LocatorBytes, locator, "the ZIP64 locator");
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Zip64LocatorSignature) return null;

        Span<byte> record = stackalloc byte[Zip64EndBytes];
        _file.Read(BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), record, "the ZIP64 end of the directory");
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != Zip64EndSignature) throw _file.Damaged("its ZIP64 locator points to something else");

        return (Whole(record[48..], "the place of its directory"), Whole(record[40..], "the length of its directory"), BinaryPrimitives.ReadUInt64LittleEndian(record[32..]));
    }

    private void ReadRecords(ReadOnlySpan<byte> bytes, ulong count)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (bytes.Length < EntryBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != EntrySignature) throw _file.Damaged($"its zip directory ends after {i} of {count} records");

            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            var entryLength = EntryBytes + nameLength + extraLength + commentLength;
            if (bytes.Length < entryLength) throw _file.Damaged($"record {i} of its zip directory is cut");

            var name = Encoding.UTF8.GetString(bytes.Slice(EntryBytes, nameLength));
            if (!_records.TryAdd(name, ReadRecord(name, bytes, bytes.Slice(EntryBytes + nameLength, extraLength)))) throw _file.Damaged($"its zip directory has two records {name}");
            bytes = bytes[entryLength..];
        }
    }

    private Record ReadRecord(string name, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        long unpacked = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);

        var wide = Zip64Of(extra);
        unpacked = Widen(unpacked, ref wide, name);
        packed = Widen(packed, ref wide, name);
        header = Widen(header, ref wide, name);
        if (method == 0 && packed != unpacked) throw _file.Damaged($"record {name} is stored as it is, yet {packed} bytes are {unpacked}");

        return new Record(header, unpacked, method, flags);
    }

    private static ReadOnlySpan<byte> Zip64Of(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) break;
            if (kind == Zip64Extra) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }

    /// <summary>A 32-bit field of all ones says that the next number of the ZIP64 field holds the value.</summary>
    private long Widen(long value, ref ReadOnlySpan<byte> wide, string name)
    {
        if (value != uint.MaxValue) return value;
        if (wide.Length < 8) throw _file.Damaged($"record {name} lacks its ZIP64 field");

        var widened = Whole(wide, $"a ZIP64 number of record {name}");
        wide = wide[8..];
        return widened;
    }

    private long Whole(ReadOnlySpan<byte> bytes, string what)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return value >= 0 ? value : throw _file.Damaged($"{what} is out of range");
    }
}

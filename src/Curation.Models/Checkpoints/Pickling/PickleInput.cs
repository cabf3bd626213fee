using System.Buffers.Binary;

namespace Curation.Models.Checkpoints.Pickling;

/// <summary>The bytes of a pickle, read in chunks from a range of a checkpoint, with a limit on how many a file may make us read.</summary>
internal sealed class PickleInput(CheckpointBytes file, long start, long end)
{
    /// <summary>The pickles of published checkpoints have less than 10 MB: the tensors' elements are not in them.</summary>
    public const long LargestBytes = 64L << 20;

    public const int LongestName = 1024;

    private const int Chunk = 1 << 16;

    private readonly long _end = Math.Min(end, start + LargestBytes);
    private readonly bool _limited = end - start > LargestBytes;
    private readonly byte[] _buffer = new byte[Chunk];
    private long _bufferStart = start;
    private int _buffered;
    private int _next;
    private long _spent;

    /// <summary>Offset in the file of the byte that comes next.</summary>
    public long Position => _bufferStart + _next;

    public byte ReadByte()
    {
        if (_next == _buffered) Fill();
        return _buffer[_next++];
    }

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(8));

    public double ReadDoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(ReadBytes(8));

    /// <summary>Reads so many bytes; a length that the file cannot hold is refused before memory is taken for it.</summary>
    public byte[] ReadBytes(ulong length)
    {
        var left = _end - Position;
        if (length > (ulong)left) throw Damaged($"{length} bytes are announced, but the pickle may have only {left} more");

        var bytes = new byte[length];
        var copied = 0;
        while (copied < bytes.Length)
        {
            if (_next == _buffered) Fill();
            var count = Math.Min(bytes.Length - copied, _buffered - _next);
            _buffer.AsSpan(_next, count).CopyTo(bytes.AsSpan(copied));
            _next += count;
            copied += count;
        }

        return bytes;
    }

    /// <summary>Reads up to a line feed, as the GLOBAL opcode writes its two names.</summary>
    public string ReadLine()
    {
        var line = new List<byte>();
        for (var next = ReadByte(); next != '\n'; next = ReadByte())
        {
            if (line.Count == LongestName) throw Damaged($"a name has more than {LongestName} characters");
            line.Add(next);
        }

        return System.Text.Encoding.UTF8.GetString([.. line]);
    }

    /// <summary>Accounts for memory that a call takes beyond the bytes read: a pickle may hand the same long text to many calls.</summary>
    public void Spend(long bytes)
    {
        _spent += bytes;
        if (_spent > LargestBytes) throw Damaged($"its calls take more than {LargestBytes} bytes");
    }

    public CheckpointException Damaged(string problem) => file.Damaged($"the pickle at byte {Position}: {problem}");

    private void Fill()
    {
        _bufferStart += _buffered;
        _next = 0;
        _buffered = 0;
        var left = _end - _bufferStart;
        if (left <= 0) throw Damaged(_limited ? $"it has more than {LargestBytes} bytes" : "it ends before its STOP");

        var count = (int)Math.Min(Chunk, left);
        file.Read(_bufferStart, _buffer.AsSpan(0, count), "the pickle");
        _buffered = count;
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Curation.Pipeline.Analysis;

/// <summary>
/// A growing row of fixed-size records of one source. It stays in memory while it is small and goes to a scratch file beyond
/// that, so memory is bounded by what is read back at once (a clip), not by the length of the source.
/// </summary>
/// <typeparam name="T">A record without references.</typeparam>
public sealed class Timeline<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Bytes kept in memory before the row moves to its scratch file.</summary>
    public const int MemoryBytes = 8 << 20;

    private readonly string _scratchFolder;
    private readonly T[] _buffer;
    private int _buffered;
    private SafeFileHandle? _scratch;
    private long _scratchBytes;

    /// <summary>Starts an empty row.</summary>
    /// <param name="scratchFolder">Where the scratch file is made if one is needed.</param>
    public unsafe Timeline(string scratchFolder)
    {
        _scratchFolder = scratchFolder;
        _buffer = new T[Math.Max(16, MemoryBytes / sizeof(T) / 8)];
    }

    /// <summary>Records so far.</summary>
    public int Count { get; private set; }

    private List<T> Small { get; } = [];

    /// <summary>Adds a record.</summary>
    /// <param name="record">The next record.</param>
    public void Append(in T record)
    {
        _buffer[_buffered++] = record;
        Count++;
        if (_buffered == _buffer.Length) Flush();
    }

    /// <summary>Adds a run of records.</summary>
    /// <param name="records">The next records.</param>
    public void Append(ReadOnlySpan<T> records)
    {
        while (!records.IsEmpty)
        {
            var part = Math.Min(records.Length, _buffer.Length - _buffered);
            records[..part].CopyTo(_buffer.AsSpan(_buffered));
            records = records[part..];
            _buffered += part;
            Count += part;
            if (_buffered == _buffer.Length) Flush();
        }
    }

    /// <summary>Copies a run of records. Once nothing is appended any more, several threads may read at once.</summary>
    /// <param name="start">Index of the first; clamped to the row.</param>
    /// <param name="count">How many; clamped to the row.</param>
    /// <returns>A new array.</returns>
    public T[] Read(int start, int count)
    {
        start = Math.Clamp(start, 0, Count);
        count = Math.Clamp(count, 0, Count - start);
        var result = new T[count];
        var flushed = Count - _buffered;
        var fromStore = Math.Clamp(flushed - start, 0, count);
        if (fromStore > 0) ReadStore(start, result.AsSpan(0, fromStore));
        var rest = count - fromStore;
        if (rest > 0) _buffer.AsSpan(start + fromStore - flushed, rest).CopyTo(result.AsSpan(fromStore));
        return result;
    }

    /// <inheritdoc />
    public void Dispose() => _scratch?.Dispose();

    private unsafe void Flush()
    {
        var records = _buffer.AsSpan(0, _buffered);
        if (_scratch is null && ((long)Small.Count + _buffered) * sizeof(T) <= MemoryBytes)
        {
            Small.AddRange(records);
        }
        else
        {
            _scratch ??= MoveToScratch();
            Write(_scratch, records);
        }

        _buffered = 0;
    }

    private SafeFileHandle MoveToScratch()
    {
        Directory.CreateDirectory(_scratchFolder);
        var path = Path.Combine(_scratchFolder, Path.GetRandomFileName());
        var scratch = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);

        // Unlinked at once where the system allows it, so that a killed process leaves nothing behind.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        Write(scratch, CollectionsMarshal.AsSpan(Small));
        Small.Clear();
        Small.Capacity = 0;
        return scratch;
    }

    private void Write(SafeFileHandle scratch, ReadOnlySpan<T> records)
    {
        var bytes = MemoryMarshal.AsBytes(records);
        RandomAccess.Write(scratch, bytes, _scratchBytes);
        _scratchBytes += bytes.Length;
    }

    private unsafe void ReadStore(int start, Span<T> target)
    {
        if (_scratch is null)
        {
            CollectionsMarshal.AsSpan(Small).Slice(start, target.Length).CopyTo(target);
            return;
        }

        var bytes = MemoryMarshal.AsBytes(target);
        for (var offset = (long)start * sizeof(T); !bytes.IsEmpty;)
        {
            var read = RandomAccess.Read(_scratch, bytes, offset);
            if (read == 0) throw new EndOfStreamException("The scratch file is shorter than what was written to it.");

            bytes = bytes[read..];
            offset += read;
        }
    }
}

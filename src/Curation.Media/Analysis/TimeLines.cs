using System.Buffers.Text;

namespace Curation.Media.Analysis;

/// <summary>Reads the times that ffmpeg's filters <c>metadata=print</c> and <c>ametadata=print</c> write, one a frame, in the order of the frames.</summary>
/// <param name="stream">The pipe of the times.</param>
internal sealed class TimeLines(Stream stream)
{
    /// <summary>The key that is printed for every frame; the header line beside it carries the time.</summary>
    public const string Key = "curation.time";

    /// <summary>Over 11 years in the finest unit used (100 ns): a time like that is a broken one and counts as absent.</summary>
    private const long Absurd = 1L << 52;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Reads up to the next frame's time.</summary>
    /// <param name="pts">The time in the filter's unit; null where the frame has none.</param>
    /// <returns>False at the end.</returns>
    public bool TryNext(out long? pts)
    {
        pts = null;
        while (TryLine(out var line))
        {
            if (!line.StartsWith("frame:"u8)) continue;

            var at = line.IndexOf("pts:"u8);
            if (at < 0) continue;

            if (Utf8Parser.TryParse(line[(at + 4)..], out long value, out _) && Math.Abs((decimal)value) < Absurd) pts = value;
            return true;
        }

        return false;
    }

    private bool TryLine(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                return true;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            // A line longer than the buffer is none of ours.
            if (_end == _buffer.Length) _end = 0;

            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                line = default;
                return false;
            }

            _end += read;
        }
    }
}

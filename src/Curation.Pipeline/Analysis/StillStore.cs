using System.Runtime.InteropServices;
using Curation.Clips.Streaming;
using Curation.Media.Stills;

namespace Curation.Pipeline.Analysis;

/// <summary>
/// Small stills of one source, about one a second. They are kept as they came, as a time line is, so that a long source does not fill the memory;
/// only the few that stand for a clip are ever encoded.
/// </summary>
/// <param name="scratchFolder">Where the scratch file is made if one is needed: about 90 kB for a second of source.</param>
public sealed class StillStore(string scratchFolder) : IDisposable
{
    // Eight bytes an entry, so that a row of days still has an index.
    private readonly Timeline<ulong> _pixels = new(scratchFolder);
    private readonly List<TimeSpan> _times = [];
    private int _width;
    private int _height;
    private ulong[] _padded = [];

    /// <summary>Adds a still.</summary>
    /// <param name="picture">A picture; later than the last one, and of the same size.</param>
    public void Add(in PictureView picture)
    {
        if (_times.Count == 0)
        {
            (_width, _height) = (picture.Width, picture.Height);
            _padded = new ulong[(picture.Luma.Length + picture.Cb.Length + picture.Cr.Length + sizeof(ulong) - 1) / sizeof(ulong)];
        }

        var bytes = MemoryMarshal.AsBytes(_padded.AsSpan());
        picture.Luma.CopyTo(bytes);
        picture.Cb.CopyTo(bytes[picture.Luma.Length..]);
        picture.Cr.CopyTo(bytes[(picture.Luma.Length + picture.Cb.Length)..]);
        _pixels.Append(_padded);
        _times.Add(picture.Time);
    }

    /// <summary>The still nearest to an instant, among those of a span. Once nothing is added any more, several threads may ask at once.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="until">End of the span, not included.</param>
    /// <param name="near">The instant.</param>
    /// <returns>A JPEG; null where the span has none.</returns>
    public byte[]? Find(TimeSpan from, TimeSpan until, TimeSpan near)
    {
        var best = -1;
        for (var i = 0; i < _times.Count; i++)
        {
            if (_times[i] < from || _times[i] >= until) continue;
            if (best < 0 || (_times[i] - near).Duration() < (_times[best] - near).Duration()) best = i;
        }

        return best < 0 ? null : Encode(best);
    }

    /// <inheritdoc />
    public void Dispose() => _pixels.Dispose();

    private byte[] Encode(int index)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(_pixels.Read(index * _padded.Length, _padded.Length).AsSpan());
        int luma = _width * _height, chroma = luma / 4;
        return PosterEncoder.Encode(new PictureView
        {
            Time = _times[index],
            Width = _width,
            Height = _height,
            Luma = bytes[..luma],
            Cb = bytes.Slice(luma, chroma),
            Cr = bytes.Slice(luma + chroma, chroma),
        });
    }
}

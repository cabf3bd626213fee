namespace Curation.Pipeline.Analysis;

/// <summary>Small stills of one source, about one a second, encoded; kept as a time line is, so that a long source does not fill the memory.</summary>
/// <param name="scratchFolder">Where the scratch file is made if one is needed.</param>
public sealed class StillStore(string scratchFolder) : IDisposable
{
    private readonly Timeline<byte> _bytes = new(scratchFolder);
    private readonly List<(TimeSpan Time, int Start, int Length)> _index = [];

    /// <summary>Adds a still.</summary>
    /// <param name="time">Its presentation time; later than the last one's.</param>
    /// <param name="encoded">Its JPEG.</param>
    public void Add(TimeSpan time, ReadOnlySpan<byte> encoded)
    {
        _index.Add((time, _bytes.Count, encoded.Length));
        _bytes.Append(encoded);
    }

    /// <summary>The still nearest to an instant, among those of a span.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="until">End of the span, not included.</param>
    /// <param name="near">The instant.</param>
    /// <returns>A JPEG; null where the span has none.</returns>
    public byte[]? Find(TimeSpan from, TimeSpan until, TimeSpan near)
    {
        (TimeSpan Distance, int Start, int Length)? best = null;
        foreach (var (time, start, length) in _index)
        {
            if (time < from || time >= until) continue;

            var distance = (time - near).Duration();
            if (best is null || distance < best.Value.Distance) best = (distance, start, length);
        }

        return best is { } found ? _bytes.Read(found.Start, found.Length) : null;
    }

    /// <inheritdoc />
    public void Dispose() => _bytes.Dispose();
}

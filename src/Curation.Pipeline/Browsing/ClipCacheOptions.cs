namespace Curation.Pipeline.Browsing;

/// <summary>What may be kept in scratch of clips that people look at.</summary>
public sealed record ClipCacheOptions
{
    /// <summary>Bytes of cut previews and fetched clips; the one that nobody asked for longest goes first. 2 GiB; uncalibrated.</summary>
    public long Bytes { get; init; } = 2L << 30;

    /// <summary>Previews that are cut, and clips that are analysed, at once. One keeps a run on the same machine going.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Seconds of the source before and after a clip when it is shown in its source.</summary>
    public double ContextSeconds { get; init; } = 10;

    /// <summary>The largest object that is fetched from a store for one look; 2 GiB.</summary>
    public long LargestFetchBytes { get; init; } = 2L << 30;
}

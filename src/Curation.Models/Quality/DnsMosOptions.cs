namespace Curation.Models.Quality;

/// <summary>How DNSMOS is run.</summary>
public sealed record DnsMosOptions
{
    /// <summary>From window to window. The published scores use 1 s; a longer hop hears less of a long clip and costs less. Clips below 11 s have one window either way.</summary>
    public TimeSpan Hop { get; init; } = DnsMosWindows.PublishedHop;

    /// <summary>Most windows in one run of the graph; each needs about 350 MB while it runs.</summary>
    public int Batch { get; init; } = 2;
}

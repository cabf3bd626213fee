namespace Curation.Models.Quality;

/// <summary>
/// Which stretches of a clip DNSMOS hears, as upstream: a clip shorter than one window is doubled until it is long enough,
/// then windows start at every hop as long as they end within the clip's whole seconds.
/// Departs from upstream in one thing: its script loses windows 7 to 23 (and some later) to a rounding of 9.01 + n; here every window counts.
/// </summary>
public static class DnsMosWindows
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples in one window: 9.01 s.</summary>
    public const int WindowSamples = 144_160;

    private const double WindowSeconds = 9.01;

    /// <summary>The published hop.</summary>
    public static TimeSpan PublishedHop { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Length after looping.</summary>
    /// <param name="samples">Samples in the clip.</param>
    /// <returns>Samples, at least one window; 0 for a clip without samples.</returns>
    public static long LoopedLength(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (samples == 0) return 0;

        var length = samples;
        while (length < WindowSamples) length *= 2;
        return length;
    }

    /// <summary>First samples of the windows, in the looped clip.</summary>
    /// <param name="samples">Samples in the clip before looping.</param>
    /// <param name="hop">From window to window; the published hop is 1 s.</param>
    /// <returns>Starts in order; empty for a clip without samples.</returns>
    public static IReadOnlyList<long> Starts(long samples, TimeSpan hop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hop, TimeSpan.Zero);
        var length = LoopedLength(samples);
        if (length == 0) return [];

        // A clip of 9.01 to 10 s has 9 whole seconds and still one window: upstream's int() cuts -0.01 to 0.
        var room = Math.Max(0, (length / SampleRate) - WindowSeconds);
        var hopSamples = Math.Max(1, (long)Math.Round(hop.TotalSeconds * SampleRate));
        var count = (int)Math.Floor(room * SampleRate / hopSamples) + 1;
        return [.. Enumerable.Range(0, count).Select(window => window * hopSamples)];
    }

    /// <summary>Copies one window out of the looped clip.</summary>
    /// <param name="clip">The clip before looping, not empty.</param>
    /// <param name="start">First sample in the looped clip.</param>
    /// <param name="window">Receives the samples.</param>
    public static void Copy(ReadOnlySpan<float> clip, long start, Span<float> window)
    {
        ArgumentOutOfRangeException.ThrowIfZero(clip.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(start);

        var at = (int)(start % clip.Length);
        while (!window.IsEmpty)
        {
            var run = Math.Min(clip.Length - at, window.Length);
            clip.Slice(at, run).CopyTo(window);
            window = window[run..];
            at = 0;
        }
    }
}

namespace Curation.Media.Analysis;

/// <summary>How the analysis pass is run.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Longer side of the analysis pictures in pixels; even, 32..4096. A smaller source is not enlarged.</summary>
    public int LongSide { get; init; } = 320;

    /// <summary>Threads of the picture decoder; 0 lets ffmpeg choose. One costs 5 to 6 % less CPU where there are sources enough to fill the cores.</summary>
    public int DecoderThreads { get; init; }

    /// <summary>Longest time without a picture or a sample before the decoder counts as hung. Uncalibrated.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time for a source; null for no limit.</summary>
    public TimeSpan? OverallLimit { get; init; }

    internal void Check()
    {
        if (LongSide is < 32 or > 4096 || LongSide % 2 != 0) throw new ArgumentOutOfRangeException(nameof(LongSide), LongSide, "must be even and in 32..4096");
        if (DecoderThreads is < 0 or > 256) throw new ArgumentOutOfRangeException(nameof(DecoderThreads), DecoderThreads, "must be in 0..256");
        if (StallLimit <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(StallLimit), StallLimit, "must be positive");
    }
}

namespace Curation.Media.Reading;

/// <summary>How a clip is read.</summary>
public sealed record ReadOptions
{
    /// <summary>Threads of the decoder; 0 lets ffmpeg choose.</summary>
    public int Threads { get; init; }

    /// <summary>Longest time without a picture or a sample before the decoder counts as hung. Uncalibrated.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most bytes that one call may hold at once; a request for more is an argument error that says how many it takes. The default, 512 MiB, holds 109 s of 256 x 256 pictures at 25 Hz.</summary>
    public long LargestBytes { get; init; } = 512L << 20;

    internal void Check()
    {
        if (Threads is < 0 or > 256) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "must be in 0..256");
        if (StallLimit <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(StallLimit), StallLimit, "must be positive");
        if (LargestBytes <= 0) throw new ArgumentOutOfRangeException(nameof(LargestBytes), LargestBytes, "must be positive");
    }

    internal void CheckBytes(long bytes, string what)
    {
        if (bytes > Math.Min(LargestBytes, Array.MaxLength)) throw new ArgumentException($"{what} takes {bytes} bytes, more than the {Math.Min(LargestBytes, Array.MaxLength)} that are allowed");
    }
}

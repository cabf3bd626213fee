namespace Curation.Media.Writing;

/// <summary>How raw pictures and sound become a file.</summary>
public sealed record WriteOptions
{
    /// <summary>x264's constant rate factor, 0 (lossless) .. 51; 18 is taken to be indistinguishable by eye.</summary>
    public int Quality { get; init; } = 18;

    /// <summary>x264's preset: speed against size.</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>Writes FLAC, as clips of a data set have it; false writes AAC, which every player knows.</summary>
    public bool LosslessSound { get; init; }

    /// <summary>Bits of AAC a second, 8,000..512,000.</summary>
    public int SoundBitRate { get; init; } = 192_000;

    /// <summary>Threads of the encoder; 0 lets ffmpeg choose.</summary>
    public int Threads { get; init; }

    /// <summary>Longest time without progress before the encoder counts as hung. Uncalibrated.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    internal void Check()
    {
        if (Quality is < 0 or > 51) throw new ArgumentOutOfRangeException(nameof(Quality), Quality, "must be in 0..51");
        if (SoundBitRate is < 8_000 or > 512_000) throw new ArgumentOutOfRangeException(nameof(SoundBitRate), SoundBitRate, "must be in 8000..512000");
        if (Threads is < 0 or > 256) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "must be in 0..256");
        if (StallLimit <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(StallLimit), StallLimit, "must be positive");
        ArgumentException.ThrowIfNullOrEmpty(Preset);
    }
}

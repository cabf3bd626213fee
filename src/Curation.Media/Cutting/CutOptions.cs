namespace Curation.Media.Cutting;

/// <summary>How a clip is written.</summary>
public sealed record CutOptions
{
    /// <summary>x264's constant rate factor, 0 (lossless) .. 51; 18 is taken to be indistinguishable by eye.</summary>
    public int Quality { get; init; } = 18;

    /// <summary>x264's preset: speed against size.</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>Bits of one FLAC sample: 16 or 24.</summary>
    public int SoundBits { get; init; } = 16;

    /// <summary>Threads of decoder and encoder; 0 lets ffmpeg choose.</summary>
    public int Threads { get; init; }

    /// <summary>Moves the sound against the picture: positive plays it later. Repairs a known offset; within ±10 s.</summary>
    public TimeSpan SoundShift { get; init; }

    /// <summary>The presentation times of the source's pictures in the span, where they are known from the analysis pass; null reads them from the container.</summary>
    public IReadOnlyList<TimeSpan>? FrameTimes { get; init; }

    /// <summary>Longest time without progress before the encoder counts as hung. Uncalibrated.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names the file, without its extension, while it is written beside its place; no two may be the same. Null for names that tell nothing.</summary>
    public Func<string>? TemporaryName { get; init; }

    internal void Check()
    {
        if (Quality is < 0 or > 51) throw new ArgumentOutOfRangeException(nameof(Quality), Quality, "must be in 0..51");
        if (SoundBits is not (16 or 24)) throw new ArgumentOutOfRangeException(nameof(SoundBits), SoundBits, "must be 16 or 24");
        if (Threads is < 0 or > 256) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "must be in 0..256");
        if (SoundShift.Duration() > TimeSpan.FromSeconds(10)) throw new ArgumentOutOfRangeException(nameof(SoundShift), SoundShift, "must be within 10 s");
        if (StallLimit <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(StallLimit), StallLimit, "must be positive");
        ArgumentException.ThrowIfNullOrEmpty(Preset);
    }
}

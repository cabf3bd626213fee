namespace Curation.Clips.Streaming;

/// <summary>A run of sound of the analysis pass, valid only during the call it is passed to. Gaps in the source are filled with silence.</summary>
public readonly ref struct SoundView
{
    /// <summary>Sample rate of the analysis sound.</summary>
    public const int SampleRate = 48_000;

    /// <summary>Presentation time of the first sample on the source's own clock.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>1, or 2 for stereo and for anything with more channels, mixed down.</summary>
    public required int Channels { get; init; }

    /// <summary>Interleaved samples, nominally in [-1, 1].</summary>
    public required ReadOnlySpan<float> Interleaved { get; init; }

    /// <summary>The same instant's samples averaged over the channels.</summary>
    public required ReadOnlySpan<float> Mono { get; init; }
}

namespace Curation.Media.Analysis;

/// <summary>What the analysis pass delivered.</summary>
public sealed record AnalysisSummary
{
    /// <summary>Pictures delivered.</summary>
    public required long Pictures { get; init; }

    /// <summary>Width of the analysis pictures in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the analysis pictures in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Presentation time of the first picture.</summary>
    public required TimeSpan FirstPicture { get; init; }

    /// <summary>Presentation time of the last picture.</summary>
    public required TimeSpan LastPicture { get; init; }

    /// <summary>Samples per channel delivered at 48 kHz, filled gaps included.</summary>
    public required long Samples { get; init; }

    /// <summary>Channels of the analysis sound: 1 or 2.</summary>
    public required int Channels { get; init; }

    /// <summary>Presentation time of the first sample.</summary>
    public required TimeSpan FirstSound { get; init; }

    /// <summary>The instant after the last sample.</summary>
    public required TimeSpan SoundEnd { get; init; }

    /// <summary>Sound that the source lacks between its first and last sample and that was delivered as silence.</summary>
    public required TimeSpan FilledSilence { get; init; }

    /// <summary>Sound that was dropped because it overlapped what was already delivered.</summary>
    public required TimeSpan OverlappingSound { get; init; }

    /// <summary>Pictures whose time was absent or not after the one before and had to be made up.</summary>
    public required long GeneratedTimes { get; init; }

    /// <summary>Pictures dropped because their time lay well before the one before.</summary>
    public required long DroppedPictures { get; init; }

    /// <summary>Samples that were not finite numbers and were delivered as zero.</summary>
    public required long NonFiniteSamples { get; init; }

    /// <summary>Errors that the decoder reported.</summary>
    public required int DecodeErrors { get; init; }

    /// <summary>The first of them; null for none.</summary>
    public string? FirstDecodeError { get; init; }

    /// <summary>Why the streams ended before the container says; null where they did not.</summary>
    public string? EndedEarly { get; init; }
}

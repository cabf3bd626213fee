namespace Curation.Media.Reading;

/// <summary>The sound of a span, from its start, to the sample.</summary>
public sealed record ClipSound
{
    /// <summary>Interleaved samples, full scale at 1; every one is finite. The length is <see cref="Channels"/> times the span's duration times <see cref="Rate"/>, rounded.</summary>
    public required float[] Samples { get; init; }

    /// <summary>Samples per second and channel.</summary>
    public required int Rate { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Channels { get; init; }

    /// <summary>Samples a channel at the beginning that are zeros because the track begins later.</summary>
    public required int PaddedBefore { get; init; }

    /// <summary>Samples a channel at the end that are zeros because the track ends earlier.</summary>
    public required int PaddedAfter { get; init; }

    /// <summary>Samples a channel.</summary>
    public int Length => Samples.Length / Channels;
}

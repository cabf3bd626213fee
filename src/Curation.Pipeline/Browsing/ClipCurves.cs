using Curation.Filters.Alignment;

namespace Curation.Pipeline.Browsing;

/// <summary>What is seen and heard of a clip over time, as one decode of the file that shows it tells. Times count from the clip's first picture.</summary>
public sealed record ClipCurves
{
    /// <summary>How long the pictures last, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Lowest sample of each equal part of the sound, full scale at 1, channels averaged.</summary>
    public required IReadOnlyList<float> Lows { get; init; }

    /// <summary>Highest sample of each of these parts.</summary>
    public required IReadOnlyList<float> Highs { get; init; }

    /// <summary>Length of each of these parts in seconds.</summary>
    public required double PartSeconds { get; init; }

    /// <summary>When the first sample sounds, in seconds; negative before the first picture.</summary>
    public required double SoundStartSeconds { get; init; }

    /// <summary>The embedded sync estimate of this file, with the curves it was made from.</summary>
    public required SyncTrace Sync { get; init; }

    /// <summary>Power over time and frequency.</summary>
    public required Spectrogram Spectrogram { get; init; }
}

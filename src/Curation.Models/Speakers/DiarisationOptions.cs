namespace Curation.Models.Speakers;

/// <summary>Numbers of the diarisation.</summary>
/// <param name="WindowSeconds">Length of a window: 1.5 s, as in 3D-Speaker.</param>
/// <param name="StepSeconds">From one window to the next: 0.75 s, as in 3D-Speaker.</param>
/// <param name="ShortestSeconds">A stretch of speech shorter than this is not embedded: 0.4 s, uncalibrated.</param>
/// <param name="MergeCosine">Groups of windows whose mean cosine is at least this are one speaker: 0.4, the default of 3D-Speaker's agglomerative clustering; uncalibrated here.</param>
/// <param name="SmallestShare">A speaker with less than this share of the windows is given to the nearest other one: 0.04, uncalibrated.</param>
public sealed record DiarisationOptions(double WindowSeconds = 1.5, double StepSeconds = 0.75, double ShortestSeconds = 0.4, double MergeCosine = 0.4, double SmallestShare = 0.04);

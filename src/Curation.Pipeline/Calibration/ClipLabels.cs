namespace Curation.Pipeline.Calibration;

/// <summary>What people said of clips.</summary>
/// <param name="Source">The file they stand in.</param>
/// <param name="Keep">By the clip's name: true for keep, false for drop.</param>
public sealed record ClipLabels(string Source, IReadOnlyDictionary<string, bool> Keep);

namespace Curation.Silo.Commands;

/// <summary>What the user asked of a calibration, unchecked.</summary>
internal sealed record CalibrateArguments(string Dataset, double? Retain, string? Labels, string Policy, string Output, string? Html, bool Force, bool Json);

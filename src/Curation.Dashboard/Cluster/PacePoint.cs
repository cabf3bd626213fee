namespace Curation.Dashboard.Cluster;

/// <summary>How far a run was at one look.</summary>
/// <param name="At">When.</param>
/// <param name="Sources">Sources that were through.</param>
/// <param name="Clips">Clips that they gave.</param>
/// <param name="Retained">Clips retained.</param>
/// <param name="MediaSeconds">Seconds of media analysed.</param>
public readonly record struct PacePoint(DateTimeOffset At, int Sources, int Clips, int Retained, double MediaSeconds);

namespace Klear.Model.Training.State;

/// <summary>A checkpoint that cannot be used.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Reason">Why not, in words.</param>
public sealed record SkippedCheckpoint(string Path, string Reason);

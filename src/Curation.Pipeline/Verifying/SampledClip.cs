namespace Curation.Pipeline.Verifying;

/// <summary>What a row says of a clip that can be measured again on its file.</summary>
/// <param name="Path">Path of its media, relative to the data set.</param>
/// <param name="Duration">How long it lasts.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="FramesPerSecond">Pictures a second.</param>
/// <param name="SkewSeconds">The measurement <c>container_skew_s</c>; null where the row has none.</param>
internal sealed record SampledClip(string Path, TimeSpan Duration, int Width, int Height, double FramesPerSecond, double? SkewSeconds);

namespace Curation.Pipeline.Planning;

/// <summary>What the sample's run took as a whole.</summary>
/// <param name="WallSeconds">From its start to its snapshot.</param>
/// <param name="CoreSeconds">Processor time, children included; null where it is not measured here.</param>
/// <param name="UsesGpu">Whether models ran on a GPU.</param>
public sealed record SampleCosts(double WallSeconds, double? CoreSeconds, bool UsesGpu);

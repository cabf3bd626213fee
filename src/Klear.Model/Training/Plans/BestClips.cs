namespace Klear.Model.Training.Plans;

/// <summary>Keeps the best clips only, for the stage on a curated subset.</summary>
/// <param name="By">Name of a measurement in the catalogue, such as <c>aesthetic</c>. Clips without it are not kept.</param>
/// <param name="Share">Share of the clips that is kept, above 0 and at most 1.</param>
/// <param name="Lowest">True where small values are good ones.</param>
public sealed record BestClips(string By, double Share, bool Lowest);

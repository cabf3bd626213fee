namespace Curation.Pipeline.Planning;

/// <summary>What one stratum is expected to give. Few sources are sampled of most: the numbers stand without intervals.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sources">Sources in it.</param>
/// <param name="Bytes">Their bytes, as far as the listing tells.</param>
/// <param name="Sampled">Sources that were curated.</param>
/// <param name="Quarantined">Of those, how many were quarantined.</param>
/// <param name="Clips">Clips that all its sources are expected to give.</param>
/// <param name="Retained">Of those, how many are retained.</param>
public sealed record StratumForecast(string Name, long Sources, long Bytes, int Sampled, int Quarantined, double Clips, double Retained);

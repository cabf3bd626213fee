namespace Curation.Models.Pictures;

/// <summary>How likely a clip's pictures are not safe for work.</summary>
/// <param name="Highest">0..1: the worst picture, because one is enough.</param>
/// <param name="Mean">0..1: the mean over the pictures.</param>
/// <param name="Pictures">0..1 of each picture, in order.</param>
public sealed record SafetyScore(double Highest, double Mean, IReadOnlyList<double> Pictures);

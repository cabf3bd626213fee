namespace Klear.Model.Training.Plans;

/// <summary>What a <see cref="Rebalancer"/> knows of one cell.</summary>
/// <param name="Cell">Which cell.</param>
/// <param name="Base">Its share of the stage's mixture before any change, above 0; all sum to 1.</param>
/// <param name="Share">Its share now; all sum to 1.</param>
/// <param name="Loss">Smoothed loss; null before the first.</param>
/// <param name="Reference">The loss that is no gap, above 0; null until there is one.</param>
public sealed record CellState(MixtureCell Cell, double Base, double Share, double? Loss, double? Reference);

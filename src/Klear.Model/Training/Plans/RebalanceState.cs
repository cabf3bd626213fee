namespace Klear.Model.Training.Plans;

/// <summary>All that a <see cref="Rebalancer"/> remembers, for checkpoints. With the same rule and the same losses after it, the same shares follow.</summary>
/// <param name="Cells">The cells of the mixture, each once.</param>
public sealed record RebalanceState(IReadOnlyList<CellState> Cells);

namespace Klear.Model.Training.Plans;

/// <summary>One change of the mixture, for the run's log.</summary>
/// <param name="Step">Steps of the stage that were done.</param>
/// <param name="Cells">Every cell, in the order of the state.</param>
public sealed record RebalanceChange(long Step, IReadOnlyList<CellChange> Cells);

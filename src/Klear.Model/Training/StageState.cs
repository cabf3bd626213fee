using Klear.Model.Data;
using Klear.Model.Training.Plans;

namespace Klear.Model.Training;

/// <summary>Where a stage stands.</summary>
/// <param name="Cursor">Where the order of clips stands.</param>
/// <param name="Mixture">What the rebalancing rule remembers; null where the stage has none.</param>
public sealed record StageState(SampleCursor Cursor, RebalanceState? Mixture);

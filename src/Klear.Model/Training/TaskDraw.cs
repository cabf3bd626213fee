using Klear.Model.Model;
using Klear.Model.Training.Plans;

namespace Klear.Model.Training;

/// <summary>What a part of a step trains.</summary>
/// <param name="Task">The task.</param>
/// <param name="Cell">The cell of the mixture; null where the stage does not rebalance.</param>
internal readonly record struct TaskDraw(KlearTask Task, MixtureCell? Cell);

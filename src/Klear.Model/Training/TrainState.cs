using Klear.Model.Setup;

namespace Klear.Model.Training;

/// <summary>What a checkpoint knows beside its tensors. Random numbers need no state: they follow from the seed and the step.</summary>
/// <param name="Plan">SHA-256 of the plan.</param>
/// <param name="Recipe">What the weights need to generate.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Stage">Index of the stage that the next step belongs to; the number of stages once all are done.</param>
/// <param name="StageStep">Steps of it that are done.</param>
/// <param name="Order">Where the stage's clips stand; null at its start.</param>
/// <param name="Losses">The latest losses, which the watch over divergence compares with.</param>
public sealed record TrainState(string Plan, ModelRecipe Recipe, long Step, int Stage, long StageStep, StageState? Order, IReadOnlyList<double> Losses);

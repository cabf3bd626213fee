namespace Klear.Model.Training;

/// <summary>How a training run stands after a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the plan.</param>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Loss">The step's loss.</param>
/// <param name="VideoLoss">Its pictures' part; null where the step had none.</param>
/// <param name="AudioLoss">Its sound's part; null where the step had none.</param>
/// <param name="GradientNorm">Length of the gradient before clipping.</param>
/// <param name="LearningRate">The step's rate.</param>
/// <param name="StepSeconds">Seconds that the step took.</param>
/// <param name="TokensPerSecond">Tokens of all streams that went through the model in a second.</param>
public sealed record TrainProgress(
    long Step, long Steps, string Stage, double Loss, double? VideoLoss, double? AudioLoss, double GradientNorm, double LearningRate, double StepSeconds, double TokensPerSecond);

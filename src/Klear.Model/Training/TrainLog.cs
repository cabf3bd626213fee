using Klear.Model.Training.Plans;
using Klear.Model.Training.State;

namespace Klear.Model.Training;

/// <summary>The names under which a step's numbers are logged.</summary>
internal static class TrainLog
{
    /// <summary>Writes a step, and the mixture where it moved.</summary>
    public static void Write(RunLog log, TrainProgress step, RebalanceChange? change)
    {
        var metrics = new Dictionary<string, double>
        {
            ["loss/total"] = step.Loss,
            ["gradient_norm"] = step.GradientNorm,
            ["learning_rate"] = step.LearningRate,
            ["step_seconds"] = step.StepSeconds,
            ["tokens_per_second"] = step.TokensPerSecond,
        };
        if (step.VideoLoss is { } video) metrics["loss/video"] = video;
        if (step.AudioLoss is { } audio) metrics["loss/audio"] = audio;
        foreach (var cell in change?.Cells ?? [])
        {
            metrics[$"mixture/{cell.Cell}"] = cell.After;
            if (cell.Loss is { } loss) metrics[$"mixture_loss/{cell.Cell}"] = loss;
        }

        log.Write(step.Step, metrics);
    }
}

namespace Curation.Pipeline.Training;

/// <summary>What a training is to do. Every path is as the trainer's silos find it.</summary>
/// <param name="TrainingId">Names the training.</param>
/// <param name="Config">The trainer's plan: a full path.</param>
/// <param name="Dataset">The data set, or a cache of encoded clips: a full path.</param>
/// <param name="Output">Folder of checkpoints and metrics: a full path, without a separator at its end.</param>
public sealed record TrainingPlan(string TrainingId, string Config, string Dataset, string Output);

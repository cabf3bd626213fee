namespace Klear.Model.Training.State;

/// <summary>When a loss counts as diverged.</summary>
public sealed record LossWatchOptions
{
    /// <summary>Losses whose median the next one is held against, 1 or more; nothing is judged before there are as many. Uncalibrated.</summary>
    public int Window { get; init; } = 100;

    /// <summary>How many times the median is too much, above 1. Uncalibrated.</summary>
    public double Factor { get; init; } = 5;
}

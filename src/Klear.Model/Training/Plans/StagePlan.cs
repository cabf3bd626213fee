using Curation.Clips;
using Klear.Model.Model;

namespace Klear.Model.Training.Plans;

/// <summary>One stage of the curriculum.</summary>
/// <param name="Name">Its name, once in a plan.</param>
/// <param name="Steps">Optimiser steps, 1 or more.</param>
/// <param name="Tasks">Weights of the tasks, all above 0; only their ratios count.</param>
public sealed record StagePlan(string Name, int Steps, IReadOnlyDictionary<KlearTask, double> Tasks)
{
    /// <summary>Step size, above 0 and at most 1; null for the plan's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Weights of the splits, all above 0; only their ratios count, and a split without one is left out. Null: as many as the data set has.</summary>
    public IReadOnlyDictionary<Split, double>? Splits { get; init; }

    /// <summary>Keeps the best clips only; null for all.</summary>
    public BestClips? Best { get; init; }

    /// <summary>Moves the mixture while the stage runs; null leaves it.</summary>
    public RebalanceRule? Rebalance { get; init; }
}

namespace Klear.Model.Training.Plans;

/// <summary>Adam's settings. The paper states Adam and the learning rate; the rest are the defaults of Kingma and Ba (2015).</summary>
public sealed record OptimizerPlan
{
    /// <summary>Step size, above 0 and at most 1; 1e-4 in the paper.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Decay of the mean of gradients, 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients, 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square, above 0 and at most 1.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay (AdamW), 0 to 1 a unit of learning rate; 0 is plain Adam, as in the paper.</summary>
    public double WeightDecay { get; init; }
}

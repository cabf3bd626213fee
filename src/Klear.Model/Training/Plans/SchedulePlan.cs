namespace Klear.Model.Training.Plans;

/// <summary>How the learning rate changes over a stage. The paper states no schedule, so the default is none.</summary>
public sealed record SchedulePlan
{
    /// <summary>Steps in which the rate rises from 0 to its value, 0 or more.</summary>
    public int Warmup { get; init; }

    /// <summary>How it falls after that.</summary>
    public DecayShape Decay { get; init; } = DecayShape.Constant;

    /// <summary>Share of the rate that is left at the end, 0 to 1; of no effect where nothing decays.</summary>
    public double Floor { get; init; }
}

namespace Klear.Model.Training.Plans;

/// <summary>How a stage moves its mixture towards what it is weak at, see <see cref="Rebalancer"/>. Ours: the paper names no rule; every default is uncalibrated.</summary>
public sealed record RebalanceRule
{
    /// <summary>Steps from one change to the next, 1 or more.</summary>
    public int Every { get; init; } = 500;

    /// <summary>Gap that multiplies a cell's share by e before bounds, above 0 and at most 1000; small values react strongly.</summary>
    public double Temperature { get; init; } = 0.1;

    /// <summary>Share of the old value in the exponential average of losses, 0 to below 1.</summary>
    public double Smoothing { get; init; } = 0.99;

    /// <summary>Least share of a cell as a part of its share in the stage, 0 to 1.</summary>
    public double Floor { get; init; } = 0.25;

    /// <summary>Largest share of a cell as a multiple of its share in the stage, 1 to 1000.</summary>
    public double Ceiling { get; init; } = 4;
}

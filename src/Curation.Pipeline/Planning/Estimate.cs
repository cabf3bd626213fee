namespace Curation.Pipeline.Planning;

/// <summary>What a sample says of all sources.</summary>
/// <param name="Value">The forecast.</param>
/// <param name="Low">Lower end of its 90 % interval; null where the sample says nothing of its spread.</param>
/// <param name="High">Upper end; null also where nothing was met that would say how much can have been missed.</param>
/// <param name="Method">How it was made.</param>
public sealed record Estimate(double Value, double? Low, double? High, EstimateMethod Method)
{
    /// <summary>A number that is known.</summary>
    /// <param name="value">It.</param>
    /// <returns>An estimate that is its own interval.</returns>
    public static Estimate Exact(double value) => new(value, value, value, EstimateMethod.Exact);

    /// <summary>The same in another unit.</summary>
    /// <param name="factor">0 and above.</param>
    /// <returns>Value and interval, multiplied.</returns>
    public Estimate Times(double factor) => this with { Value = Value * factor, Low = Low * factor, High = High * factor };

    /// <summary>The same with something that is known added.</summary>
    /// <param name="known">It.</param>
    /// <returns>Value and interval, moved.</returns>
    public Estimate Plus(double known) => this with { Value = Value + known, Low = Low + known, High = High + known };
}

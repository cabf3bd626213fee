using System.Globalization;

namespace Curation.Clips.Deciding;

/// <summary>What a policy asks of one measurement.</summary>
/// <param name="Name">The measurement, which is also the name of the filter.</param>
public sealed record Limit(string Name)
{
    /// <summary>Smallest value that passes.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value that passes.</summary>
    public double? Max { get; init; }

    /// <summary>Largest absolute value that passes.</summary>
    public double? MaxAbs { get; init; }

    /// <summary>Below this confidence the value counts as unmeasured.</summary>
    public double? MinConfidence { get; init; }

    /// <summary>The splits it applies to; empty for all.</summary>
    public IReadOnlyList<Split> For { get; init; } = [];

    /// <summary>Overrides the policy's rule for clips without the measurement.</summary>
    public UnmeasuredRule? Unmeasured { get; init; }

    /// <summary>Whether a value passes. Limits include their ends.</summary>
    /// <param name="value">A measured value.</param>
    /// <returns>True where every bound is kept.</returns>
    public bool Allows(double value) =>
        !(value < Min) && !(value > Max) && !(Math.Abs(value) > MaxAbs);

    /// <summary>The bounds in words, such as <c>0.01..0.9</c> or <c>&lt;= 0.2</c>.</summary>
    /// <returns>Invariant text.</returns>
    public string Describe() => (Min, Max, MaxAbs) switch
    {
        (null, null, { } abs) => string.Create(CultureInfo.InvariantCulture, $"|x| <= {abs}"),
        ({ } min, { } max, _) => string.Create(CultureInfo.InvariantCulture, $"{min}..{max}"),
        ({ } min, null, _) => string.Create(CultureInfo.InvariantCulture, $">= {min}"),
        (null, { } max, _) => string.Create(CultureInfo.InvariantCulture, $"<= {max}"),
        _ => "none",
    };
}

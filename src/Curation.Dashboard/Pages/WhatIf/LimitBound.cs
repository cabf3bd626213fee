using System.Globalization;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>One bound of a limit that can be moved.</summary>
/// <param name="Key">Its key in a policy: <c>min</c>, <c>max</c> or <c>max_abs</c>.</param>
/// <param name="Title">What it says of a value.</param>
public sealed record LimitBound(string Key, string Title)
{
    /// <summary>Steps of a handle.</summary>
    public const int Steps = 400;

    /// <summary>The bounds there are.</summary>
    public static IReadOnlyList<LimitBound> All { get; } = [new("min", "at least"), new("max", "at most"), new("max_abs", "within ±")];

    /// <summary>The bound of a limit.</summary>
    public double? Of(Limit? limit) => Key switch { "min" => limit?.Min, "max" => limit?.Max, _ => limit?.MaxAbs };

    /// <summary>The limit with another bound; null takes it away.</summary>
    public Limit With(Limit limit, double? value) => Key switch
    {
        "min" => limit with { Min = value },
        "max" => limit with { Max = value },
        _ => limit with { MaxAbs = value },
    };

    /// <summary>The value at a step of the handle.</summary>
    public double ValueAt(WhatIfAxis axis, int step) => axis.ValueAt((double)Math.Clamp(step, 0, Steps) / Steps) is var value && Key == "max_abs" ? Math.Max(0, value) : value;

    /// <summary>The step that shows a value; the nearest end where it lies outside.</summary>
    public static int StepOf(WhatIfAxis axis, double value) => (int)Math.Round(ShareOf(axis, value) * Steps);

    /// <summary>Where a value lies, 0..1; the nearest end where it lies outside.</summary>
    public static double ShareOf(WhatIfAxis axis, double value) => axis.PositionOf(value) is var position && double.IsNaN(position) ? 0 : Math.Clamp(position, 0, 1);

    /// <summary>A value with its unit, as people say it.</summary>
    public static string Words(double value, MeasurementDefinition definition) => definition.Unit is "ratio" or "count" or "index" or "score"
        ? Number(value)
        : $"{Number(value)} {definition.Unit}";

    /// <summary>A number for a field: as short as it can be told apart.</summary>
    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

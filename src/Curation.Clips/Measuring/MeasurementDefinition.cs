namespace Curation.Clips.Measuring;

/// <summary>What a measurement is: the single place that a column's name, unit and range are written down.</summary>
/// <param name="Name">Column name.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Minimum">Smallest possible value; null where there is no bound.</param>
/// <param name="Maximum">Largest possible value; null where there is no bound.</param>
/// <param name="Title">A few words for people.</param>
/// <param name="Description">One sentence: what it is.</param>
/// <param name="Group">Picture, Sound, Alignment or Kind.</param>
public sealed record MeasurementDefinition(
    string Name, string Unit, double? Minimum, double? Maximum, string Title, string Description, MeasurementGroup Group)
{
    /// <summary>The model slot that makes it; null where the signal alone does.</summary>
    public string? Slot { get; init; }

    /// <summary>The measurement that says how far this one can be trusted; null where there is none.</summary>
    public string? ConfidenceName { get; init; }

    /// <summary>Whether it is made on the written clip, so that clips that were never cut cannot have it.</summary>
    public bool OfWrittenClip { get; init; }

    /// <summary>What a clip is called that fails it, for people: <c>too little motion</c>.</summary>
    public string? TooLow { get; init; }

    /// <summary>What a clip is called that exceeds it, for people: <c>mostly silent</c>.</summary>
    public string? TooHigh { get; init; }
}

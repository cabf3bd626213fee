using Curation.Clips.Measuring;

namespace Curation.Pipeline.Calibration;

/// <summary>Limits that no target and no label moves, because they are facts or promises and not matters of degree.</summary>
internal static class FixedLimits
{
    /// <summary>Why a limit stays as it is.</summary>
    /// <param name="measurement">Its measurement.</param>
    /// <returns>Null where it may be moved.</returns>
    public static string? Why(MeasurementDefinition measurement) => measurement switch
    {
        { Name: "short_side_px" } => "the size of a picture is a fact",
        { Group: MeasurementGroup.DataSet } => "whether a clip is a copy is a fact",
        { Name: "container_skew_s" } => "whether a clip starts askew is a fact",
        { Name: "nsfw" } => "safety is not traded for retention",
        { Group: MeasurementGroup.Kind } => "it chooses a kind of sound, not a quality",
        _ => null,
    };
}

using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>Reads and sets one bound of a limit.</summary>
internal static class LabelBounds
{
    /// <summary>The bounds that a limit has.</summary>
    public static IEnumerable<LabelBound> Given(Limit limit) =>
        Enum.GetValues<LabelBound>().Where(bound => bound.Find(limit) is not null);

    /// <summary>The bound; null where the limit has none.</summary>
    public static double? Find(this LabelBound bound, Limit limit) => bound switch
    {
        LabelBound.Min => limit.Min,
        LabelBound.Max => limit.Max,
        _ => limit.MaxAbs,
    };

    /// <summary>The bound of a limit that has it.</summary>
    public static double Of(this LabelBound bound, Limit limit) => bound.Find(limit)!.Value;

    /// <summary>The limit with another bound; without it for null.</summary>
    public static Limit Set(this LabelBound bound, Limit limit, double? value) => bound switch
    {
        LabelBound.Min => limit with { Min = value },
        LabelBound.Max => limit with { Max = value },
        _ => limit with { MaxAbs = value },
    };

    /// <summary>The bound's key in a policy.</summary>
    public static string ToName(this LabelBound bound) => bound switch
    {
        LabelBound.Min => "min",
        LabelBound.Max => "max",
        _ => "max_abs",
    };
}

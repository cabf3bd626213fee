namespace Curation.Clips.Measuring;

/// <summary>The one measurement that is made of clips against each other: <c>curate dedup</c> makes it when the data set stands.</summary>
public static class DuplicateMeasurement
{
    /// <summary>Name of the measurement, and of the filter that rejects copies.</summary>
    public const string Name = "duplicate_rank";

    /// <summary>How it is made.</summary>
    public const string Method = "signature-match";

    /// <summary>Raise it whenever the same signatures may give other ranks.</summary>
    public const string MethodVersion = "1";

    /// <summary>Why a clip of a run has no rank.</summary>
    public const string NotCompared = "'curate dedup' has not compared the clip with the others";
}

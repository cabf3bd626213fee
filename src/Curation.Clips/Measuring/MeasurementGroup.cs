namespace Curation.Clips.Measuring;

/// <summary>What a measurement looks at; also the order in which limits are applied.</summary>
public enum MeasurementGroup
{
    /// <summary>The picture.</summary>
    Picture,

    /// <summary>The sound.</summary>
    Sound,

    /// <summary>Picture against sound.</summary>
    Alignment,

    /// <summary>Which kind of sound it is.</summary>
    Kind,

    /// <summary>The clip against the others of its data set.</summary>
    DataSet,
}

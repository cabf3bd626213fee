using Curation.Clips;

namespace Curation.Pipeline.Calibration;

/// <summary>What was measured of the clips of one snapshot: all that a policy looks at, column by column, and no media.</summary>
/// <param name="Ids">Names of the clips; a row each.</param>
/// <param name="Splits">Their kinds of sound; null where it could not be told.</param>
/// <param name="Seconds">Their lengths.</param>
/// <param name="Columns">Measurements by name.</param>
public sealed record MeasuredClips(IReadOnlyList<string> Ids, IReadOnlyList<Split?> Splits, IReadOnlyList<double> Seconds, IReadOnlyDictionary<string, MeasurementColumn> Columns)
{
    /// <summary>How many clips there are.</summary>
    public int Rows => Ids.Count;

    /// <summary>The column of a measurement.</summary>
    /// <param name="measurement">Its name.</param>
    /// <returns>A column without values where no clip has the measurement.</returns>
    public MeasurementColumn Column(string measurement) => Columns.GetValueOrDefault(measurement) ?? MeasurementColumn.Absent(Rows);
}

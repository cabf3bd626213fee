using Curation.Clips.Measuring;

namespace Curation.Pipeline.Calibration;

/// <summary>One measurement of every clip of a table, row by row.</summary>
/// <param name="Values">In the measurement's unit; NaN where there is no value.</param>
/// <param name="States">Null where the clip has no such measurement at all, which is judged as unmeasured.</param>
public sealed record MeasurementColumn(IReadOnlyList<double> Values, IReadOnlyList<MeasurementState?> States)
{
    /// <summary>The column of a measurement that no clip has.</summary>
    /// <param name="rows">How many clips there are.</param>
    /// <returns>NaN and null in every row.</returns>
    public static MeasurementColumn Absent(int rows)
    {
        var values = new double[rows];
        Array.Fill(values, double.NaN);
        return new MeasurementColumn(values, new MeasurementState?[rows]);
    }
}

using System.Globalization;

namespace Curation.Pipeline.Calibration;

/// <summary>A bound that people can read and that parts the same clips as one between two measured values.</summary>
internal static class SeparatingNumber
{
    // Seventeen digits name every double.
    private const int MostDigits = 17;

    // How far a bound that turns nobody away stands from the last value, as a share of the values' range.
    private const double Margin = 0.01;

    /// <summary>The middle between the last value that is kept and the first that is not, in as few digits as still lie between.</summary>
    /// <param name="kept">Passes.</param>
    /// <param name="turnedAway">Does not pass; on either side.</param>
    /// <returns>From <paramref name="kept"/>, included, to <paramref name="turnedAway"/>, excluded.</returns>
    public static double Between(double kept, double turnedAway)
    {
        var middle = kept + ((turnedAway - kept) / 2);
        for (var digits = 0; digits < MostDigits; digits++)
        {
            var text = middle.ToString(string.Create(CultureInfo.InvariantCulture, $"E{digits}"), CultureInfo.InvariantCulture);
            var number = double.Parse(text, CultureInfo.InvariantCulture);
            if (kept < turnedAway ? number >= kept && number < turnedAway : number <= kept && number > turnedAway) return number;
        }

        return kept;
    }

    /// <summary>A lower bound that every value passes.</summary>
    /// <param name="smallest">The smallest value.</param>
    /// <param name="largest">The largest value.</param>
    /// <param name="possible">The smallest number that the measurement can be; null where there is none.</param>
    public static double Below(double smallest, double largest, double? possible) =>
        Math.Min(smallest, Math.Max(Between(smallest, smallest - Step(smallest, largest)), possible ?? double.NegativeInfinity));

    /// <summary>An upper bound that every value passes.</summary>
    /// <param name="smallest">The smallest value.</param>
    /// <param name="largest">The largest value.</param>
    /// <param name="possible">The largest number that the measurement can be; null where there is none.</param>
    public static double Above(double smallest, double largest, double? possible) =>
        Math.Max(largest, Math.Min(Between(largest, largest + Step(smallest, largest)), possible ?? double.PositiveInfinity));

    private static double Step(double smallest, double largest)
    {
        var range = largest - smallest;
        if (range <= 0) range = Math.Max(Math.Abs(smallest), Math.Abs(largest));
        return Margin * (range > 0 ? range : 1);
    }
}

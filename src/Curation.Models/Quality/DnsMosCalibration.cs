namespace Curation.Models.Quality;

/// <summary>
/// The published polynomials of DNSMOS P.835 (microsoft/DNS-Challenge, dnsmos_local.py, not personalised): raw output of the graph to opinion score.
/// They are fitted to 1..5; a raw value far outside gives a score outside, which is kept as it is.
/// </summary>
public static class DnsMosCalibration
{
    /// <summary>How good the voice itself sounds.</summary>
    /// <param name="raw">First output of the graph.</param>
    /// <returns>Mean opinion score, about 1..5.</returns>
    public static double Signal(double raw) => (((-0.08397278 * raw) + 1.22083953) * raw) + 0.0052439;

    /// <summary>How little the background disturbs.</summary>
    /// <param name="raw">Second output of the graph.</param>
    /// <returns>Mean opinion score, about 1..5.</returns>
    public static double Background(double raw) => (((-0.13166888 * raw) + 1.60915514) * raw) - 0.39604546;

    /// <summary>The whole impression.</summary>
    /// <param name="raw">Third output of the graph.</param>
    /// <returns>Mean opinion score, about 1..5.</returns>
    public static double Overall(double raw) => (((-0.06766283 * raw) + 1.11546468) * raw) + 0.04602535;
}

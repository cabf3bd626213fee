namespace Curation.Pipeline.Calibration;

/// <summary>Where a share lies, with 95 % confidence.</summary>
/// <param name="Share">Successes of all; NaN of none.</param>
/// <param name="Low">Lower end; 0 of none.</param>
/// <param name="High">Upper end; 1 of none.</param>
/// <remarks>Wilson 1927, as in Brown, Cai and DasGupta 2001, formula 4: it never leaves 0..1 and holds for few tries and for shares near the ends.</remarks>
public readonly record struct WilsonInterval(double Share, double Low, double High)
{
    // 97.5 % of a standard normal lie below.
    private const double Z = 1.959963984540054;

    /// <summary>The interval of a count.</summary>
    /// <param name="successes">0 and above.</param>
    /// <param name="tries">At least as many.</param>
    /// <returns>The share with its interval.</returns>
    public static WilsonInterval Of(int successes, int tries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, successes);
        if (tries == 0) return new WilsonInterval(double.NaN, 0, 1);

        var share = (double)successes / tries;
        var square = Z * Z;
        var middle = (share + (square / (2 * tries))) / (1 + (square / tries));
        var half = Z / (1 + (square / tries)) * Math.Sqrt((share * (1 - share) / tries) + (square / (4.0 * tries * tries)));
        return new WilsonInterval(share, successes == 0 ? 0 : middle - half, successes == tries ? 1 : middle + half);
    }
}

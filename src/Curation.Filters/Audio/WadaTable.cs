namespace Curation.Filters.Audio;

/// <summary>Computes G = ln E|x| - E ln|x| of gamma-distributed speech in Gaussian noise for -20, -19 .. 100 dB.</summary>
/// <remarks>
/// With noise of unit variance and a speech sample m, |m + n| has closed forms by a Poisson mixture over m^2/2 (the square is noncentral
/// chi-squared with one degree of freedom). The mean over m is taken by the trapezoid rule over ln m, where the
/// gamma density has no pole; steps of a quarter decibel let all ratios share one grid of the inner means.
/// </remarks>
internal static class WadaTable
{
    /// <summary>ln sqrt(2/pi) + (gamma + ln 2) / 2: G of Gaussian noise alone.</summary>
    public const double GaussianParameter = 0.409389;

    private const double Shape = 0.4;
    private const double GammaOfShape = 2.218159543757688;
    private const double EulerGamma = 0.5772156649015329;
    private const int StepsPerDb = 4;
    private const double LogStep = Ln10 / 20 / StepsPerDb;
    private const double Ln10 = 2.302585092994046;

    /// <summary>ln of the scaled speech amplitude: e^(0.4 * -70) = 7e-13 of the mass lies below.</summary>
    private const double LowestLog = -70;

    /// <summary>e^-e^4.5 is below 1e-39.</summary>
    private const double HighestLog = 4.5;

    /// <summary>From here the asymptotic forms are exact to 1e-7.</summary>
    private const double FarMean = 8;

    public static double[] Compute()
    {
        var points = (int)((HighestLog - LowestLog) / LogStep);
        var weights = new double[points];
        for (var i = 0; i < points; i++)
        {
            var t = LowestLog + (i * LogStep);
            weights[i] = Math.Exp((Shape * t) - Math.Exp(t)) * LogStep / GammaOfShape;
        }

        // Power of unit-rate gamma amplitudes is shape * (shape + 1); at ratio r dB a sample e^t is scaled by e^shift.
        const int Decibels = 121;
        var lowestShift = (-20 * Ln10 / 20) - (0.5 * Math.Log(Shape * (Shape + 1)));
        var magnitudes = new double[points + (Decibels * StepsPerDb)];
        var logarithms = new double[magnitudes.Length];
        for (var i = 0; i < magnitudes.Length; i++) (magnitudes[i], logarithms[i]) = Means(Math.Exp(LowestLog + lowestShift + (i * LogStep)));

        var table = new double[Decibels];
        for (var db = 0; db < Decibels; db++)
        {
            double magnitude = 0, logarithm = 0, mass = 0;
            for (var i = 0; i < points; i++)
            {
                magnitude += weights[i] * magnitudes[i + (db * StepsPerDb)];
                logarithm += weights[i] * logarithms[i + (db * StepsPerDb)];
                mass += weights[i];
            }

            table[db] = Math.Log(magnitude / mass) - (logarithm / mass);
        }

        return table;
    }

    /// <summary>E|m + n| and E ln|m + n| for Gaussian n of unit variance.</summary>
    private static (double Magnitude, double Logarithm) Means(double mean)
    {
        if (mean >= FarMean)
        {
            var inverse = 1 / (mean * mean);
            return (mean, Math.Log(mean) - (inverse * (0.5 + (inverse * (0.75 + (inverse * (2.5 + (inverse * 13.125))))))));
        }

        // Poisson weights of mean m^2/2; digamma(j + 1/2) and Gamma(j + 1) / Gamma(j + 1/2) by their recurrences.
        var rate = mean * mean / 2;
        var weight = Math.Exp(-rate);
        var digamma = -EulerGamma - (2 * Math.Log(2));
        var ratio = 1 / Math.Sqrt(Math.PI);
        double magnitude = 0, logarithm = 0;
        for (var j = 0; j < 160; j++)
        {
            magnitude += weight * ratio;
            logarithm += weight * digamma;
            weight *= rate / (j + 1);
            digamma += 1 / (j + 0.5);
            ratio *= (j + 1) / (j + 0.5);
        }

        return (Math.Sqrt(2) * magnitude, 0.5 * (logarithm + Math.Log(2)));
    }
}

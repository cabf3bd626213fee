namespace Curation.Models.Features;

/// <summary>Weights of analysis windows.</summary>
internal static class AnalysisWindow
{
    private const double PoveyPower = 0.85;

    /// <summary>Hann over a whole period: the last weight is not zero. What short-time transforms of PyTorch and librosa use.</summary>
    public static double[] PeriodicHann(int length) => Raised(length, length, 0.5);

    /// <summary>A symmetric window of Kaldi's.</summary>
    public static double[] Symmetric(WindowShape shape, int length, double blackmanCoefficient) => shape switch
    {
        WindowShape.Hanning => Raised(length, length - 1, 0.5),
        WindowShape.Hamming => Raised(length, length - 1, 0.54),
        WindowShape.Povey => [.. Raised(length, length - 1, 0.5).Select(weight => Math.Pow(weight, PoveyPower))],
        WindowShape.Blackman => [.. Enumerable.Range(0, length).Select(i => Blackman(2 * Math.PI * i / (length - 1), blackmanCoefficient))],
        WindowShape.Rectangular => [.. Enumerable.Repeat(1.0, length)],
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown window."),
    };

    private static double[] Raised(int length, int period, double alpha) =>
        [.. Enumerable.Range(0, length).Select(i => Math.Max(0, alpha - ((1 - alpha) * Math.Cos(2 * Math.PI * i / period))))];

    private static double Blackman(double angle, double coefficient) =>
        coefficient - (0.5 * Math.Cos(angle)) + ((0.5 - coefficient) * Math.Cos(2 * angle));
}

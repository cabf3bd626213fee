namespace Curation.Models.Alignment;

/// <summary>What Synchformer thinks of the offset between picture and sound. Seconds, + = sound late.</summary>
/// <param name="Probabilities">Of the 21 classes from -2 s to +2 s in steps of 0.2 s; they sum to 1.</param>
public sealed record SyncPrediction(IReadOnlyList<double> Probabilities)
{
    /// <summary>Number of classes.</summary>
    public const int Classes = 21;

    /// <summary>Seconds between neighbouring classes.</summary>
    public const double StepSeconds = 0.2;

    private const int Zero = Classes / 2;

    /// <summary>Mean of the offsets weighted by probability; -2..2 s. Near 0 also where nothing is known: read it together with <see cref="MassNearZero"/>.</summary>
    public double ExpectedOffsetSeconds => Probabilities.Select((probability, index) => probability * OffsetSeconds(index)).Sum();

    /// <summary>Probability, 0..1, that the offset lies within one class (0.2 s) of zero. Knowing nothing gives 3/21.</summary>
    public double MassNearZero => Probabilities.Skip(Zero - 1).Take(3).Sum();

    /// <summary>Probability, 0..1, that the offset lies within one class (0.2 s) of the most probable one; where that is zero, the same as <see cref="MassNearZero"/>.</summary>
    public double MassNearBest => Probabilities.Where((_, index) => Math.Abs(index - BestIndex) <= 1).Sum();

    /// <summary>Offset of the most probable class; the one nearest to zero where several are equal.</summary>
    public double BestOffsetSeconds => OffsetSeconds(BestIndex);

    /// <summary>Probability of the most probable class; 1/21 where nothing is known.</summary>
    public double BestProbability => Probabilities[BestIndex];

    private int BestIndex => Enumerable.Range(0, Classes).OrderByDescending(index => Probabilities[index]).ThenBy(index => Math.Abs(index - Zero)).First();

    /// <summary>Offset that a class stands for.</summary>
    /// <param name="index">0..20.</param>
    /// <returns>-2..2 s.</returns>
    public static double OffsetSeconds(int index) => (index - Zero) / 5.0;

    /// <summary>Combines the windows of one clip by the mean of their probabilities.</summary>
    /// <param name="windows">At least one.</param>
    /// <returns>The clip's prediction.</returns>
    public static SyncPrediction Mean(IReadOnlyList<SyncPrediction> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Count == 0) throw new ArgumentException("No window was given.", nameof(windows));

        return new SyncPrediction([.. Enumerable.Range(0, Classes).Select(index => windows.Average(window => window.Probabilities[index]))]);
    }
}

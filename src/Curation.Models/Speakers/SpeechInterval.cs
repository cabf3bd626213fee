namespace Curation.Models.Speakers;

/// <summary>A stretch of time with speech, from voice activity detection.</summary>
/// <param name="Start">Seconds from the clip's start.</param>
/// <param name="End">Seconds from the clip's start, after <paramref name="Start"/>.</param>
public readonly record struct SpeechInterval(double Start, double End)
{
    /// <summary>Seconds.</summary>
    public double Duration => End - Start;

    /// <summary>Seconds that it shares with another stretch; negative is the gap between them.</summary>
    /// <param name="start">Start of the other.</param>
    /// <param name="end">End of the other.</param>
    /// <returns>Seconds.</returns>
    public double Overlap(double start, double end) => Math.Min(End, end) - Math.Max(Start, start);
}

namespace Curation.Filters.Classification;

/// <summary>A guess at a speaker's gender from the median pitch. Men speak at about 120 Hz, women at about 210 Hz (Traunmueller and Eriksson 1995).</summary>
internal static class GenderByPitch
{
    private const double MaleHz = 120, FemaleHz = 210;

    // Spread of speakers about their mean, octaves.
    private const double SpreadOctaves = 0.25;

    // A raised male voice or a child reaches the female range, the other way round is rarer. Uncalibrated.
    private const double MostFemale = 0.8, MostMale = 0.95;

    // Fewer voiced frames are too few for a median.
    private const int LeastFrames = 30;

    /// <param name="hz">Pitch of the speaker's voiced frames, Hz.</param>
    /// <returns>Gender and confidence 0.5..0.95; null for less than 0.3 s of voiced sound.</returns>
    public static (string Gender, double Confidence)? Guess(List<float> hz)
    {
        if (hz.Count < LeastFrames) return null;

        var sorted = hz.Order().ToArray();
        var octaves = Math.Log2(sorted[sorted.Length / 2]);

        // Log odds of two normal distributions of the same spread.
        var middle = (Math.Log2(MaleHz) + Math.Log2(FemaleHz)) / 2;
        var odds = (octaves - middle) * (Math.Log2(FemaleHz) - Math.Log2(MaleHz)) / (SpreadOctaves * SpreadOctaves);
        var female = 1 / (1 + Math.Exp(-odds));
        return female >= 0.5 ? ("female", Math.Min(female, MostFemale)) : ("male", Math.Min(1 - female, MostMale));
    }
}

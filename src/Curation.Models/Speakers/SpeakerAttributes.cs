namespace Curation.Models.Speakers;

/// <summary>What a voice tells about its speaker.</summary>
/// <param name="AgeYears">0..100; the model's mean error is 7 to 11 years (Burkhardt et al. 2023).</param>
/// <param name="Female">Probability 0..1 of a woman's voice.</param>
/// <param name="Male">Probability 0..1 of a man's voice.</param>
/// <param name="Child">Probability 0..1 of a child's voice; the three sum to 1.</param>
public sealed record SpeakerAttributes(double AgeYears, double Female, double Male, double Child)
{
    /// <summary><c>female</c> or <c>male</c>; null where a child's voice is the most probable, since the model then does not tell.</summary>
    public string? Gender => Child > Female && Child > Male ? null : Female >= Male ? "female" : "male";

    /// <summary>Probability of <see cref="Gender"/>; null without one.</summary>
    public double? GenderConfidence => Gender is null ? null : Math.Max(Female, Male);
}

namespace Curation.Models.Speech.SenseVoice;

/// <summary>What SenseVoice says about a stretch of sound besides the words.</summary>
/// <param name="Start">Seconds from the start of the sound.</param>
/// <param name="End">Seconds from the start of the sound.</param>
/// <param name="Language"><c>zh</c>, <c>en</c>, ...; null where the model heard no speech.</param>
/// <param name="LanguageProbability">Probability in [0, 1] of the language's tag, or of "no speech".</param>
/// <param name="Emotion"><c>happy</c>, <c>sad</c>, <c>angry</c>, <c>neutral</c>, <c>fearful</c>, <c>disgusted</c>, <c>surprised</c>; null where the model does not say.</param>
/// <param name="EmotionProbability">Probability in [0, 1] of that tag; null without one.</param>
/// <param name="Events">Kinds of sound as the model names them: <c>Speech</c>, <c>BGM</c>, <c>Applause</c>, <c>Laughter</c>, <c>Cry</c>, <c>Sing</c>, ...; empty where it does not say.</param>
public sealed record SenseVoiceTags(double Start, double End, string? Language, double LanguageProbability, string? Emotion, double? EmotionProbability, IReadOnlyList<string> Events);

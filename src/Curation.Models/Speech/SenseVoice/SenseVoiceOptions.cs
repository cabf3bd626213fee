namespace Curation.Models.Speech.SenseVoice;

/// <summary>What SenseVoice is asked for.</summary>
/// <param name="Language"><c>zh</c>, <c>en</c>, <c>yue</c>, <c>ja</c>, <c>ko</c> or <c>nospeech</c>; null lets the model find out.</param>
/// <param name="InverseTextNormalisation">Write punctuation and digits ("withitn") instead of bare spoken words ("woitn").</param>
public sealed record SenseVoiceOptions(string? Language = null, bool InverseTextNormalisation = true);

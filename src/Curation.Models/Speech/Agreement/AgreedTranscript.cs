namespace Curation.Models.Speech.Agreement;

/// <summary>What was said, as far as the speech recognisers agree.</summary>
/// <param name="Text">Every chosen word, trimmed; empty where nothing was said.</param>
/// <param name="Language">The language most models name; null where none does.</param>
/// <param name="Words">The chosen words in order of time.</param>
/// <param name="Confidence">0..1, see <paramref name="Basis"/>; null where there is nothing to judge by.</param>
/// <param name="Basis">What the confidence rests on.</param>
/// <param name="BasisReason">The same in words.</param>
/// <param name="Disagreements">Stretches in which the models did not hear the same.</param>
/// <param name="Hallucinations">Signs that words were made up, in any of the transcripts; empty is good.</param>
/// <param name="Sources">Every model that was asked.</param>
public sealed record AgreedTranscript(
    string Text,
    string? Language,
    IReadOnlyList<AgreedWord> Words,
    double? Confidence,
    ConfidenceBasis Basis,
    string BasisReason,
    IReadOnlyList<TranscriptDisagreement> Disagreements,
    IReadOnlyList<HallucinationSign> Hallucinations,
    IReadOnlyList<TranscriptSource> Sources);

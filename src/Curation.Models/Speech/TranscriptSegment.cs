namespace Curation.Models.Speech;

/// <summary>A stretch of speech that a model wrote down in one go.</summary>
/// <param name="Text">What was said, as written.</param>
/// <param name="Start">Seconds from the start of the sound.</param>
/// <param name="End">Seconds from the start of the sound.</param>
public sealed record TranscriptSegment(string Text, double Start, double End)
{
    /// <summary>The words in order; empty where they were not asked for.</summary>
    public IReadOnlyList<TranscriptWord> Words { get; init; } = [];

    /// <summary>Mean natural-log probability of the tokens of the decoded window (0 is certain); null where the model gives none.</summary>
    public double? AverageLogProbability { get; init; }

    /// <summary>Probability in [0, 1] that the decoded window holds no speech; null where the model gives none.</summary>
    public double? NoSpeechProbability { get; init; }

    /// <summary>UTF-8 bytes of the window's text over their zlib-compressed size: above 2.4 the text repeats itself; null where not measured.</summary>
    public double? CompressionRatio { get; init; }

    /// <summary>Sampling temperature that gave this text: 0 is greedy or beam search; null where the model does not sample.</summary>
    public double? Temperature { get; init; }
}

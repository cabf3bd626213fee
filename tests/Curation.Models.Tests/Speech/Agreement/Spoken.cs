using Curation.Models.Speech;

namespace Curation.Models.Tests.Speech.Agreement;

/// <summary>Transcripts for tests: one word each half second, or text without word times.</summary>
internal static class Spoken
{
    public static Transcript Words(string model, string text, double? probability = 0.9, string? language = "en", double start = 0, double step = 0.5)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, index) => new TranscriptWord(" " + word, start + (index * step), start + ((index + 1) * step), probability, WordTiming.Aligned)).ToList();
        return new Transcript(model, language, null, words.Count == 0 ? [] : [new TranscriptSegment(string.Concat(words.Select(word => word.Text)), words[0].Start, words[^1].End) { Words = words }]);
    }

    public static Transcript Text(string model, string text, double end, string? language = null) => new(model, language, null, [new TranscriptSegment(text, 0, end)]);
}

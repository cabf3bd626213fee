namespace Curation.Models.Fusion;

/// <summary>Says in words what was measured of the sound. The words' borders are uncalibrated, those of the embedded captioner.</summary>
internal static class MeasuredSentences
{
    private const double FaintBelow = -40;
    private const double QuietBelow = -28;
    private const double LoudFrom = -12;
    private const double CleanFrom = 25;
    private const double NoisyBelow = 12;
    private const double TagFrom = 0.3;
    private const int NamedTags = 5;

    // Tags that say no more than that something is heard or that it was recorded somewhere; the voice has its own sentences.
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "Speech", "Male speech, man speaking", "Female speech, woman speaking", "Child speech, kid speaking", "Conversation", "Narration, monologue", "Singing",
        "Silence", "Inside, small room", "Inside, large room or hall", "Inside, public space", "Outside, urban or manmade", "Outside, rural or natural", "Sound effect",
    };

    /// <summary>Sounds that a tagger heard and no sentence has named yet; null where there are none.</summary>
    public static FusedClaim? Tags(FusionInput input, FusionFacts facts, IReadOnlyCollection<string> said)
    {
        if (facts.IsSilent) return null;

        var named = said.SelectMany(Sentences.Words).Select(Sentences.Stem).ToHashSet();
        var tags = input.Tags
            .Where(tag => tag.Score >= TagFrom && !Empty.Contains(tag.Label) && !Sentences.Content(tag.Label).Overlaps(named))
            .Take(NamedTags)
            .ToList();
        if (tags.Count == 0) return null;

        var names = tags.Select(tag => tag.Label.Split(',')[0].Split('(')[0].Trim().ToLowerInvariant()).Distinct().ToList();
        return new($"The sounds heard include {Join(names)}.", [.. tags.Select(tag => ClaimSource.Tag(tag.Label))]);
    }

    /// <summary>Loudness and noise; null where neither was measured.</summary>
    public static FusedClaim? Quality(FusionFacts facts)
    {
        if (facts.IsSilent) return new("There is no sound.", [ClaimSource.Measurement("silence_ratio")]);

        var parts = new List<string>();
        var sources = new List<ClaimSource>();
        if (facts["loudness_lufs"] is { } loudness)
        {
            var word = loudness < FaintBelow ? "faint" : loudness < QuietBelow ? "quiet" : loudness >= LoudFrom ? "loud" : "of normal loudness";
            parts.Add(word);
            sources.Add(ClaimSource.Measurement("loudness_lufs"));
        }

        if (facts["snr_db"] is { } snr)
        {
            parts.Add(snr >= CleanFrom ? "clean" : snr >= NoisyBelow ? "with some noise" : "noisy");
            sources.Add(ClaimSource.Measurement("snr_db"));
        }

        return parts.Count == 0 ? null : new($"The sound is {Join(parts)}.", sources);
    }

    private static string Join(List<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
}

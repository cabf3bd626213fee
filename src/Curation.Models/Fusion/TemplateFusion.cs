namespace Curation.Models.Fusion;

/// <summary>
/// Makes one dense caption without a model: sentences of the captions that no fact contradicts and that say something new,
/// then who says what in the transcript's words, then sounds and measurements not yet named. The same input gives the same caption.
/// </summary>
public static class TemplateFusion
{
    /// <summary>The model's name in annotations.</summary>
    public const string Model = "template";

    /// <summary>Version of the rules and wording.</summary>
    public const string ModelVersion = "1";

    private const string VideoKind = "video_caption";
    private const string AudioKind = "audio_caption";

    // The embedded captioner's annotations: a stopgap where no caption model spoke.
    private const string StopgapModel = "signal";

    // Share of a sentence's words that earlier sentences have; uncalibrated.
    private const double SaidAlready = 0.7;

    /// <summary>Fuses what is known of a clip.</summary>
    /// <param name="input">Everything known of it.</param>
    /// <returns>The caption, the source of each sentence, and what was left out.</returns>
    public static FusedCaption Fuse(FusionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);

        var facts = FusionFacts.From(input);
        var claims = new List<FusedClaim>();
        var dropped = new List<DroppedSentence>();
        Take(VideoKind, input, facts, claims, dropped);
        var seen = claims.Count;
        Take(AudioKind, input, facts, claims, dropped);
        // The embedded captioner's sentences name the voice already, but not the words.
        if (facts.Transcript.Length > 0 || claims.Count == seen) claims.AddRange(SpeechSentences.Tell(input, facts));
        if (MeasuredSentences.Tags(input, facts, [.. claims.Select(claim => claim.Sentence)]) is { } tags) claims.Add(tags);
        if (!SaysQuality(input) && MeasuredSentences.Quality(facts) is { } quality) claims.Add(quality);
        return new FusedCaption(string.Join(' ', claims.Select(claim => claim.Sentence)), claims, dropped, Model, ModelVersion);
    }

    private static void Take(string kind, FusionInput input, FusionFacts facts, List<FusedClaim> claims, List<DroppedSentence> dropped)
    {
        var isHeard = kind == AudioKind;
        var notes = HeardNotes(input);
        foreach (var index in InOrder(kind, input))
        {
            foreach (var sentence in Sentences.Split(input.Annotations[index].Text))
            {
                var source = ClaimSource.Annotation(index);
                if (Contradictions.Find(sentence, isHeard, facts) is { } contradiction) dropped.Add(new(sentence, source, contradiction));
                else if (!isHeard && SoundWords.FirstUnsupported(sentence, notes, facts.HasVoice) is { } sound) dropped.Add(new(sentence, source, $"tells a sound that nothing heard: {sound}"));
                else if (SayingIt(sentence, claims) is not null and var earlier) claims[earlier.Value] = Also(claims[earlier.Value], source);
                else claims.Add(new(sentence, [source]));
            }
        }
    }

    /// <summary>Models before the stopgap, the surest first; the stopgap only where no model spoke.</summary>
    private static List<int> InOrder(string kind, FusionInput input)
    {
        var all = Enumerable.Range(0, input.Annotations.Count).Where(index => input.Annotations[index].Kind == kind && input.Annotations[index].Text.Length > 0).ToList();
        var models = all.Where(index => input.Annotations[index].Model != StopgapModel).OrderByDescending(index => input.Annotations[index].Confidence ?? 0).ToList();
        return models.Count > 0 ? models : all;
    }

    /// <summary>The place of an earlier sentence that says nearly the same; null where none does.</summary>
    private static int? SayingIt(string sentence, List<FusedClaim> claims)
    {
        var words = Sentences.Content(sentence);
        if (words.Count == 0) return null;

        for (var i = 0; i < claims.Count; i++)
        {
            var earlier = Sentences.Content(claims[i].Sentence);
            if (words.Count(earlier.Contains) >= SaidAlready * words.Count && Opposite(sentence) == Opposite(claims[i].Sentence)) return i;
        }

        return null;
    }

    private static bool Opposite(string sentence) => Sentences.Words(sentence).Any(word => word is "no" or "not" or "without" or "nobody" or "nothing" or "never");

    private static FusedClaim Also(FusedClaim claim, ClaimSource source) => claim.Sources.Contains(source) ? claim : claim with { Sources = [.. claim.Sources, source] };

    private static IReadOnlyList<string> HeardNotes(FusionInput input) =>
        [.. input.Annotations.Where(annotation => annotation.Kind is AudioKind).Select(annotation => annotation.Text), .. input.Tags.Select(tag => tag.Label)];

    private static bool SaysQuality(FusionInput input) =>
        input.Annotations.Any(annotation => annotation is { Kind: AudioKind, Model: StopgapModel }) && InOrder(AudioKind, input).All(index => input.Annotations[index].Model == StopgapModel);
}
